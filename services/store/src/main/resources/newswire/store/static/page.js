// The page of the store: everything that feeds bring is set as text, never as markup.
const $ = (selector, root = document) => root.querySelector(selector);
const REFRESH_MILLIS = 4000;

const STATUS = {
  NEW: 'waiting for its first poll', ACTIVE: 'fine', BACKOFF: 'failing, tried again later', THROTTLED: 'asked us to slow down',
  UNAUTHORIZED: 'wants credentials', ROBOTS_DENIED: 'forbidden by robots.txt', GONE: 'gone', INVALID: 'not a feed', PAUSED: 'paused',
};

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value; else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

async function json(path, options) {
  const response = await fetch(path, options);
  const body = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error((body && (body.errors?.[0]?.detail || body.detail)) || `HTTP ${response.status}`);
  return body;
}

function moment(instant) {
  if (!instant) return null;
  const date = new Date(instant);
  const seconds = Math.round((date - Date.now()) / 1000);
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  let text;
  if (Math.abs(seconds) < 90) text = relative.format(seconds, 'second');
  else if (Math.abs(seconds) < 5400) text = relative.format(Math.round(seconds / 60), 'minute');
  else if (Math.abs(seconds) < 129600) text = relative.format(Math.round(seconds / 3600), 'hour');
  else text = date.toLocaleDateString(undefined, { dateStyle: 'medium' });
  return element('time', { dateTime: instant, title: date.toLocaleString() }, text);
}

function webLink(url, text) {
  return /^https?:\/\//i.test(url || '') ? element('a', { href: url, rel: 'noopener noreferrer nofollow', target: '_blank' }, text) : null;
}

const state = { pages: 1, shown: '' };

function query(cursor) {
  const form = new FormData($('#search'));
  const parameters = new URLSearchParams({ limit: '20' });
  for (const name of ['q', 'feed', 'language']) if (form.get(name)) parameters.set(name, form.get(name));
  if (cursor) parameters.set('cursor', cursor);
  return `/api/articles?${parameters}`;
}

function story(article) {
  const published = article.datePublished || article.firstCreated;
  const button = element('button', { className: 'story', type: 'button' },
    element('strong', { dir: 'auto', lang: article.language }, article.title),
    element('span', { className: 'lead', dir: 'auto', lang: article.language }, (article.bodies?.[0]?.value || '').slice(0, 260)),
    element('span', { className: 'meta' },
      element('span', {}, article.infoSources?.[0]?.name || ''), moment(published),
      element('span', { className: 'tag' }, article.language),
      article.revision.number > 1 ? element('span', { className: 'tag' }, `revision ${article.revision.number}`) : null));
  button.addEventListener('click', () => open(article.uri.replace('urn:uuid:', '')));
  return element('li', {}, button);
}

async function articles() {
  let cursor = '';
  const items = [];
  for (let page = 0; page < state.pages; page++) {
    const found = await json(query(cursor));
    items.push(...found.items);
    cursor = found.next;
    if (!cursor) break;
  }
  const shown = JSON.stringify(items.map((article) => [article.uri, article.version])) + new Date().getMinutes();
  $('#more').hidden = !cursor;
  $('#empty').hidden = items.length > 0;
  if (shown === state.shown) return;
  state.shown = shown;
  const focused = [...$('#articles').children].findIndex((item) => item.contains(document.activeElement));
  $('#articles').replaceChildren(...items.map(story));
  if (focused >= 0) $('#articles').children[focused]?.firstChild.focus({ preventScroll: true });
}

async function open(id) {
  const [article, revisions] = await Promise.all([json(`/api/articles/${id}`), json(`/api/articles/${id}/revisions`)]);
  const paragraphs = (article.bodies?.[0]?.value || '').split('\n\n').map((text) => element('p', {}, text));
  const pictures = (article.associations || []).filter((item) => item.descriptions?.length || item.by).map((item) =>
    element('figure', {}, ...(item.descriptions || []).map((text) => element('div', {}, text.value)), item.by ? element('small', {}, `Image: ${item.by}`) : null));
  const people = (article.contributors || []).filter((person) => person.role !== 'author').map((person) => `${person.role}: ${person.name}`);
  const notes = [...(article.notices || []).map((notice) => notice.value), ...people];
  $('#article article').replaceChildren(
    element('h2', { id: 'article-title', dir: 'auto', lang: article.language }, article.title),
    element('p', { className: 'meta' }, element('span', {}, article.infoSources?.[0]?.name || ''), article.by ? element('span', {}, article.by) : null,
      moment(article.datePublished || article.firstCreated), element('span', { className: 'tag' }, article.language), webLink(article.url, 'at the publisher')),
    ...pictures,
    element('div', { className: 'text', dir: 'auto', lang: article.language }, ...paragraphs),
    notes.length ? element('section', { className: 'notes' }, element('h3', {}, 'Notices'), ...notes.map((text) => element('div', { dir: 'auto' }, text))) : '',
    element('section', { className: 'notes' }, element('h3', {}, 'Revisions'),
      element('ul', {}, ...revisions.items.map((one) => element('li', {}, `${one.version} · ${one.revision.kind} · `, moment(one.versionCreated),
        one.revision.changed?.length ? ` · changed: ${one.revision.changed.join(', ')}` : '')))));
  if (!$('#article').open) $('#article').showModal();
}

function feed(view) {
  const definition = view.feed;
  const found = view.state;
  const status = definition.enabled ? found?.status || 'NEW' : 'PAUSED';
  const name = definition.title === definition.xmlUrl && found?.document?.title ? found.document.title : definition.title;
  return element('li', {},
    element('div', { className: 'name', dir: 'auto' }, name),
    element('div', { className: `health ${status}` }, STATUS[status] || status),
    element('div', { className: 'meta' },
      found?.schedule?.lastPollAt ? element('span', {}, 'polled ', moment(found.schedule.lastPollAt)) : null,
      found?.schedule?.nextPollAt ? element('span', {}, 'next ', moment(found.schedule.nextPollAt)) : null,
      found?.document ? element('span', {}, `${found.document.items} entries`) : null),
    element('div', { className: 'meta' }, definition.xmlUrl),
    found?.lastError ? element('p', { className: 'problem' }, `${found.lastError.title}: ${found.lastError.detail || ''}`) : null);
}

async function feeds() {
  const { items } = await json('/api/feeds?limit=500');
  $('#feeds').replaceChildren(...items.map(feed));
  const select = $('#search select');
  if (select.options.length !== items.length + 1) {
    const chosen = select.value;
    select.replaceChildren(element('option', { value: '' }, 'All feeds'), ...items.map((view) => element('option', { value: view.feed.feedId }, view.feed.title)));
    select.value = chosen;
  }
}

async function status() {
  const counts = await json('/api/status');
  const number = new Intl.NumberFormat();
  const all = Object.values(counts.feeds).reduce((sum, count) => sum + count, 0);
  const well = (counts.feeds.ACTIVE || 0) + (counts.feeds.NEW || 0);
  $('#status').textContent = `${number.format(counts.articles)} articles · ${all} feeds, ${all - well} with trouble · ${number.format(counts.deadLetters)} dead letters`;
}

async function refresh() {
  try {
    await Promise.all([articles(), feeds(), status()]);
  } catch (problem) {
    $('#status').textContent = `The store does not answer: ${problem.message}. Trying again.`;
  }
}

$('#search').addEventListener('submit', (event) => { event.preventDefault(); state.pages = 1; state.shown = ''; refresh(); });
$('#search').addEventListener('change', () => { state.pages = 1; state.shown = ''; refresh(); });
$('#more').addEventListener('click', () => { state.pages += 1; refresh(); });
$('#add').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  try {
    const added = await json('/api/feeds', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ xmlUrl: form.xmlUrl.value }) });
    $('#added').textContent = `Added: ${added.xmlUrl}`;
    form.reset();
  } catch (problem) {
    $('#added').textContent = `Not added: ${problem.message}`;
  }
  refresh();
});

await refresh();
setInterval(() => { if (!document.hidden) refresh(); }, REFRESH_MILLIS);
