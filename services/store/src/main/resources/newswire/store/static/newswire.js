// What the pages have beyond HTML. All of them work without it.

const relative = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});
const absolute = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});
const UNITS = [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

function ago(instant) {
  const seconds = (instant - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return relative.format(Math.round(seconds / size), unit);
}

// Times in the reader's zone, and how long ago they are.
function tell(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const instant = new Date(time.dateTime);
    if (Number.isNaN(instant.getTime())) continue;
    time.textContent = time.hasAttribute('data-whole') ? absolute.format(instant) : ago(instant);
    time.title = absolute.format(instant);
  }
}
tell(document);
setInterval(() => document.hidden || tell(document), 30_000);

// As in other places: a stroke leads to the search.
addEventListener('keydown', event => {
  const field = document.querySelector('[role=search] input[type=search]');
  if (event.key === '/' && field && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) {
    event.preventDefault();
    field.focus();
  }
});

// A form that takes its time is sent once.
addEventListener('submit', event => {
  if (event.target.method !== 'post') return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'true';
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));

// The page of changes goes on by itself. What comes in a burst is shown at once, and read out now and then only.
const MOST_ROWS = 100;
const TOGETHER_MS = 250;
const TOLD_EVERY_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;

function follow(list) {
  const [row, button, state, news, empty] =
    ['row', 'pause', 'state', 'news', 'empty'].map(name => document.getElementById(`live-${name}`));
  let cursor = list.dataset.cursor;
  let source, paused = false, missed = false, failures = 0;
  let waiting = [], held = 0, shown = 0, told = 0, timer = 0, retry = 0;

  function say(connection) {
    const text = (paused ? 'Paused' : connection) + (missed ? '. Some changes were missed; reload to see the newest' : '');
    if (state.textContent !== text) state.textContent = text;
    button.textContent = paused ? `Go on (${held} new)` : 'Pause';
  }

  function made({type, id, version, article}) {
    const item = row.content.firstElementChild.cloneNode(true);
    const [tag, publisher, time, title] = ['.tag', 'b', 'time', 'h2'].map(part => item.querySelector(part));
    item.dataset.id = id;
    tag.textContent = type;
    tag.classList.add(type);
    if (!article) {
      publisher.remove();
      time.remove();
      title.textContent = 'An article was taken down';
      return item;
    }
    publisher.textContent = article.infoSources?.[0]?.name ?? 'unknown publisher';
    time.dateTime = article.versionCreated;
    if (article.language && article.language !== 'und') title.lang = article.language;
    const link = document.createElement('a');
    link.href = `/articles/${encodeURIComponent(id)}?version=${encodeURIComponent(version)}`;
    link.textContent = article.title;
    title.append(link);
    return item;
  }

  function show() {
    timer = 0;
    if (paused || waiting.length === 0) return;
    list.prepend(...waiting.reverse().map(made));
    tell(list);
    while (list.children.length > MOST_ROWS) {
      [...list.children].findLast(item => !item.contains(document.activeElement)).remove();
    }
    empty.hidden = true;
    shown += held;
    waiting = [];
    held = 0;
    if (Date.now() - told > TOLD_EVERY_MS) {
      told = Date.now();
      news.textContent = `${shown} new`;
      shown = 0;
    }
  }

  function take(change) {
    if (change.type === 'removed') { // nobody is to read it from now on, not here either
      list.querySelectorAll(`[data-id="${CSS.escape(change.id)}"]`).forEach(item => item.remove());
      waiting = waiting.filter(other => other.id !== change.id);
    }
    waiting.push(change);
    held++;
    if (waiting.length > MOST_ROWS) waiting.shift();
    if (paused) say('');
    else timer ||= setTimeout(show, TOGETHER_MS);
  }

  function again() {
    source.close();
    clearTimeout(retry);
    retry = setTimeout(connect, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures++));
  }

  function connect() {
    source = new EventSource(`/api/changes/stream?after=${encodeURIComponent(cursor)}`);
    source.addEventListener('open', () => {
      failures = 0;
      say('Live');
    });
    source.addEventListener('change', event => {
      cursor = event.lastEventId;
      take(JSON.parse(event.data));
    });
    source.addEventListener('reset', event => {
      cursor = event.lastEventId;
      if (JSON.parse(event.data).reason !== 'expired') return; // the browser asks for the rest by itself
      cursor = 'now';
      missed = true;
      again();
    });
    source.addEventListener('error', () => {
      say('Not connected, trying again …');
      if (source.readyState === EventSource.CLOSED) again();
    });
  }

  button.addEventListener('click', () => {
    paused = !paused;
    show();
    say(source.readyState === EventSource.OPEN ? 'Live' : 'Not connected, trying again …');
  });
  addEventListener('pagehide', () => {
    source.close();
    clearTimeout(retry);
  });
  addEventListener('pageshow', event => event.persisted && connect());
  button.hidden = false;
  say('Connecting …');
  connect();
}
const live = document.getElementById('live');
if (live) follow(live);
