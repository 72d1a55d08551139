// The page: one module, nothing from elsewhere. Whatever came from a feed becomes text nodes, never markup.

const PAGE = 30;
const PAUSE = 5000;
const $ = id => document.getElementById(id);

function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

// Beyond its own machine a store asks for a key with every request. It is kept until the tab is closed.
async function authorized(path, options = {}) {
  const key = sessionStorage.getItem('key');
  const response = await fetch(path, key ? {...options, headers: {...options.headers, Authorization: `Bearer ${key}`}} : options);
  if (response.status !== 401) return response;
  await askForKey();
  return authorized(path, options);
}

let asking;
function askForKey() {
  asking ??= new Promise(resolve => {
    const dialog = $('key');
    dialog.addEventListener('close', () => {
      sessionStorage.setItem('key', dialog.querySelector('input').value.trim());
      asking = undefined;
      resolve();
    }, {once: true});
    dialog.showModal();
  });
  return asking;
}

async function api(path, options) {
  const response = await authorized('api/' + path, options);
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return body;
  const errors = (body?.errors ?? []).map(error => `${error.field ?? error.pointer ?? ''} ${error.detail}`.trim());
  throw new Error(errors.join('; ') || body?.detail || `HTTP ${response.status}`);
}

// Only web addresses become links: a feed may say javascript:.
function link(url, ...children) {
  return /^https?:\/\//i.test(url ?? '') ? el('a', {href: url, rel: 'noopener noreferrer nofollow'}, ...children)
    : el('span', {}, ...children);
}

const relative = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});
const absolute = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});
const names = new Intl.DisplayNames(['en'], {type: 'language'});

function ago(instant) {
  const seconds = (new Date(instant) - Date.now()) / 1000;
  const [unit, size] = [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]]
    .find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return relative.format(Math.round(seconds / size), unit);
}

function time(instant) {
  return el('time', {datetime: instant, title: absolute.format(new Date(instant))}, ago(instant));
}

function language(tag) {
  try {
    return tag === 'und' ? 'unknown language' : names.of(tag);
  } catch {
    return tag;
  }
}

const idOf = article => article.uri.replace('urn:uuid:', '');
const publisher = article => article.infoSources?.[0]?.name ?? 'unknown publisher';
const paragraphs = article => (article.bodies?.[0]?.value ?? '').split('\n\n').filter(text => text.trim());
const summary = article => article.descriptions?.find(text => text.role === 'summary')?.value;

function dates(article) {
  return [
    article.datePublished ? time(article.datePublished) : el('span', {}, 'seen ', time(article.firstCreated)),
    el('span', {}, language(article.language)),
    article.revision.number > 1 && el('span', {class: 'tag revised'}, `revision ${article.revision.number}`),
    article.pubStatus === 'canceled' && el('span', {class: 'tag withdrawn'}, 'withdrawn'),
  ];
}


const search = $('search');
let shown = [];
let fingerprint = '';
let next;

function wanted() {
  return new URLSearchParams([...new FormData(search)].filter(([, value]) => value.trim()));
}

function card(article) {
  const text = summary(article) ?? paragraphs(article)[0] ?? '';
  return el('li', {},
    el('p', {class: 'meta'}, el('b', {dir: 'auto'}, publisher(article)), dates(article)),
    el('h2', {lang: article.language, dir: 'auto'}, el('a', {href: '#/article/' + idOf(article)}, article.title)),
    el('p', {class: 'lines', lang: article.language, dir: 'auto'}, text.slice(0, 400)));
}

async function find(cursor) {
  const query = wanted();
  query.set('limit', PAGE);
  if (cursor) query.set('cursor', cursor);
  return api('articles?' + query);
}

const keys = articles => articles.map(article => article.uri + article.version).join();

function renderList() {
  $('list').replaceChildren(...shown.map(card));
  $('more').hidden = !next;
  $('fresh').hidden = true;
  $('nothing').hidden = shown.length > 0;
  $('nothing').textContent = wanted().size
    ? 'Nothing found. Try fewer or other words.'
    : 'No articles yet. Add a feed, and its entries appear here by themselves.';
  const seen = new Set([...$('languages').children].map(option => option.value));
  for (const article of shown) {
    if (!seen.has(article.language)) {
      seen.add(article.language);
      $('languages').append(el('option', {value: article.language}, language(article.language)));
    }
  }
}

async function reload() {
  const page = await find();
  shown = page.items;
  next = page.next;
  fingerprint = keys(shown);
  renderList();
}

// Readers who have scrolled or opened older pages are not moved: they are told, and decide.
async function refreshArticles() {
  const page = await find();
  if (keys(page.items) === fingerprint && shown.length) return;
  const known = new Set(shown.map(article => article.uri + article.version));
  const fresh = page.items.filter(article => !known.has(article.uri + article.version)).length;
  if (shown.length <= PAGE && scrollY < 200 && !$('list').contains(document.activeElement)) {
    shown = page.items;
    next = page.next;
    fingerprint = keys(shown);
    renderList();
  } else if (fresh) {
    $('fresh').textContent = fresh === PAGE ? `${PAGE} and more new articles` : `${fresh} new or changed`;
    $('fresh').hidden = false;
  }
}

search.addEventListener('submit', event => {
  event.preventDefault();
  const query = wanted().toString();
  const hash = query ? '#/?' + query : '#/';
  if (location.hash === hash) safely(reload);
  else location.hash = hash;
});
search.elements.feed.addEventListener('change', () => search.requestSubmit());
$('fresh').addEventListener('click', () => {
  scrollTo(0, 0);
  safely(reload);
});
$('more').addEventListener('click', () => safely(async () => {
  const page = await find(next);
  const known = new Set(shown.map(article => article.uri));
  shown = shown.concat(page.items.filter(article => !known.has(article.uri)));
  next = page.next;
  const focus = $('list').children.length;
  renderList();
  $('list').children[focus]?.querySelector('a').focus();
}));


function picture(association) {
  const caption = association.descriptions?.find(text => text.role === 'caption')?.value;
  const href = association.renditions?.[0]?.href;
  return el('figure', {}, el('figcaption', {dir: 'auto'},
    caption ?? association.title ?? association.type,
    association.by && el('small', {}, 'Credit: ' + association.by),
    href && el('small', {}, link(href, `open the ${association.type}`))));
}

function aside(heading, content) {
  return content && el('aside', {}, el('h2', {}, heading), content);
}

function notices(article) {
  return article.notices?.length && el('ul', {}, article.notices.map(notice =>
    el('li', {dir: 'auto'}, el('span', {class: 'tag'}, notice.role.replaceAll('-', ' ')), ' ', notice.value)));
}

function revisions(article, all) {
  return el('ol', {}, all.map(revision => el('li', {},
    el('a', {
      href: `#/article/${idOf(article)}/${revision.version}`,
      'aria-current': revision.version === article.version ? 'true' : null,
    }, `Revision ${revision.revision.number}`),
    ` · ${revision.revision.kind} · `, time(revision.versionCreated),
    revision.revision.changed?.length ? ` · changed: ${revision.revision.changed.join(', ')}` : '')));
}

function facts(article) {
  const row = (term, value) => value ? [el('dt', {}, term), el('dd', {dir: 'auto'}, value)] : [];
  return el('dl', {},
    row('Address', article.url && link(article.url, article.url)),
    row('Published', article.datePublished && absolute.format(new Date(article.datePublished))),
    row('First seen', absolute.format(new Date(article.firstCreated))),
    row('People', article.contributors?.map(person => `${person.name} (${person.role})`).join(', ')),
    row('Subjects', article.subjects?.map(subject => subject.name).join(', ')),
    row('Other languages', article.languageVersions?.map(version => `${language(version.language)} (${version.relation})`).join(', ')),
    row('Words', article.bodies?.[0]?.wordCount?.toLocaleString()),
    row('Feed', link(article.provenance.feedUrl, article.provenance.feedUrl)),
    row('Notes', article.provenance.flags?.join(', ')),
    row('JSON', el('a', {href: 'api/articles/' + idOf(article)}, 'the whole article')));
}

async function renderArticle(id, version) {
  const {items} = await api(`articles/${encodeURIComponent(id)}/revisions`);
  const article = items.find(revision => revision.version === version) ?? items[0];
  const key = items.map(revision => revision.version) + article.version;
  if ($('article').dataset.key === id + key) return;
  $('article').dataset.key = id + key;
  document.title = article.title + ' – Newswire';
  $('article').replaceChildren(
    el('p', {class: 'meta'}, el('b', {dir: 'auto'}, publisher(article)), article.by && el('span', {}, 'By ' + article.by), dates(article)),
    el('h1', {lang: article.language, dir: 'auto'}, article.title),
    article !== items[0] && el('p', {class: 'older'}, 'This is an older revision. ', el('a', {href: '#/article/' + id}, 'Read the newest.')) || '',
    summary(article) ? el('p', {class: 'standfirst', lang: article.language, dir: 'auto'}, summary(article)) : '',
    ...(article.associations ?? []).map(picture),
    el('div', {class: 'text', lang: article.language, dir: 'auto'},
      paragraphs(article).map(text => el('p', {}, text)),
      article.representationType === 'partial' && el('p', {class: 'meta'}, 'The feed gave only a part of the text. ', article.url && link(article.url, 'Read it at the publisher.'))),
    aside('Notices', notices(article)) || '',
    aside('Revisions', revisions(article, items)),
    aside('About', facts(article)));
}


const HEALTH = {
  NEW: ['warn', 'waiting for its first poll'],
  ACTIVE: ['good', 'fine'],
  BACKOFF: ['bad', 'failing, asked less often'],
  THROTTLED: ['warn', 'asked us to wait'],
  UNAUTHORIZED: ['bad', 'wants credentials'],
  ROBOTS_DENIED: ['bad', 'forbidden by robots.txt'],
  GONE: ['bad', 'gone for good'],
  INVALID: ['bad', 'no feed there'],
  PAUSED: ['warn', 'paused'],
};

function feedTitle({feed, state}) {
  return feed.title === feed.xmlUrl ? state?.document?.title ?? feed.title : feed.title;
}

function problem(state) {
  const error = state?.lastError;
  return error && el('p', {class: 'problem'}, [error.title, error.detail].filter(Boolean).join(': '));
}

function feedItem(view) {
  const {feed, state} = view;
  const [kind, words] = HEALTH[feed.enabled ? state?.status ?? 'NEW' : 'PAUSED'] ?? ['warn', state.status];
  const schedule = state?.schedule ?? {};
  return el('li', {},
    el('div', {},
      el('h2', {dir: 'auto'}, el('a', {href: '#/?feed=' + feed.feedId}, feedTitle(view)), el('span', {class: 'state ' + kind}, words)),
      el('p', {class: 'url'}, link(feed.xmlUrl, feed.xmlUrl))),
    el('button', {type: 'button', class: 'plain', 'aria-label': 'Remove ' + feedTitle(view), onclick: () => remove(view)}, 'Remove'),
    problem(state),
    el('p', {class: 'meta'},
      schedule.lastPollAt && el('span', {}, 'polled ', time(schedule.lastPollAt)),
      schedule.nextPollAt && el('span', {}, ...new Date(schedule.nextPollAt) > Date.now() ? ['next ', time(schedule.nextPollAt)] : ['due now']),
      schedule.lastChangeAt && el('span', {}, 'news ', time(schedule.lastChangeAt)),
      state?.document && el('span', {}, `${state.document.items} entries`),
      state?.document && el('span', {}, state.document.format),
      state?.counters && el('span', {}, `${state.counters.polls} polls`),
      feed.categories?.map(category => el('span', {class: 'tag'}, category))));
}

async function allFeeds() {
  const feeds = [];
  let cursor = '';
  do {
    const page = await api('feeds?limit=500' + (cursor && '&cursor=' + encodeURIComponent(cursor)));
    feeds.push(...page.items);
    cursor = page.next ?? '';
  } while (cursor && feeds.length < 5000);
  return feeds;
}

function renderFeedFilter(feeds) {
  const select = search.elements.feed;
  const key = feeds.map(view => view.feed.feedId + feedTitle(view)).join();
  if (select.dataset.key === key) return;
  select.dataset.key = key;
  const chosen = select.value || new URLSearchParams(location.hash.split('?')[1]).get('feed') || '';
  select.replaceChildren(el('option', {value: ''}, 'all feeds'),
    ...feeds.map(view => el('option', {value: view.feed.feedId}, feedTitle(view))));
  select.value = chosen;
}

async function refreshFeeds() {
  const feeds = await allFeeds();
  renderFeedFilter(feeds);
  if (!$('feed-list').contains(document.activeElement)) {
    $('feed-list').replaceChildren(...feeds.map(feedItem));
  }
}

function tell(text, bad) {
  $('feeds-message').textContent = text;
  $('feeds-message').className = bad ? 'bad' : '';
}

async function change(what) {
  try {
    tell(await what());
    document.activeElement?.blur();
    await refresh();
  } catch (error) {
    tell(error.message, true);
  }
}

function remove(view) {
  if (confirm(`Stop polling “${feedTitle(view)}”? Its articles stay.`)) {
    change(async () => {
      await api('feeds/' + view.feed.feedId, {method: 'DELETE'});
      return `${feedTitle(view)} is no longer polled.`;
    });
  }
}

$('add').addEventListener('submit', event => {
  event.preventDefault();
  const form = event.currentTarget;
  const wish = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
  change(async () => {
    const feed = await api('feeds', {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(wish),
    });
    form.reset();
    return `${feed.title} is on the list and will be polled in a moment.`;
  });
});

$('import').addEventListener('submit', event => {
  event.preventDefault();
  const form = event.currentTarget;
  const [file] = form.elements.file.files;
  change(async () => {
    const report = await api('feeds/opml', {method: 'POST', headers: {'Content-Type': 'application/xml'}, body: file});
    form.reset();
    const refused = report.refused ?? [];
    return `${report.added} added, ${report.known} known already, ${refused.length} refused`
      + (refused.length ? ': ' + refused.slice(0, 5).map(one => `line ${one.line}, ${one.reason}`).join('; ') : '.');
  });
});


function letterItem(letter) {
  const record = letter.record;
  return el('li', {},
    el('p', {class: 'meta'}, el('b', {}, letter.reason), el('span', {}, letter.stage.toLowerCase()), time(letter.failedAt),
      record && el('span', {}, `${record.topic} · partition ${record.partition} · offset ${record.offset}`)),
    el('p', {dir: 'auto'}, letter.problem.detail ?? letter.problem.title),
    letter.payload.value && el('details', {}, el('summary', {}, `The record as it came, ${letter.payload.bytes.toLocaleString()} bytes`),
      el('pre', {}, letter.payload.value.slice(0, 20000))));
}

let letterKeys;
async function refreshLetters() {
  const {items} = await api('dead-letters?limit=100');
  const key = items.map(letter => letter.deadLetterId).join();
  if (key === letterKeys) return;
  letterKeys = key;
  $('dead-letter-list').replaceChildren(...(items.length ? items.map(letterItem)
    : [el('li', {class: 'empty'}, 'None. Everything that came could be processed.')]));
}


function count(id, value, alarm) {
  $(id).textContent = value === undefined ? '' : value.toLocaleString();
  $(id).className = alarm ? 'count alarm' : 'count';
}

async function refreshStatus() {
  const status = await api('status');
  const feeds = Object.values(status.feeds).reduce((sum, one) => sum + one, 0);
  count('count-articles', status.articles);
  count('count-feeds', feeds);
  count('count-dead-letters', status.deadLetters, status.deadLetters > 0);
}

function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [first = '', id, version] = path.split('/');
  const view = first === 'article' && id ? 'article' : ['feeds', 'dead-letters'].includes(first) ? first : 'articles';
  return {view, id, version, query};
}

function refreshView() {
  const {view, id, version} = route();
  return {
    articles: refreshArticles,
    article: () => renderArticle(id, version),
    feeds: async () => {},
    'dead-letters': refreshLetters,
  }[view]();
}

async function refresh() {
  await Promise.all([refreshStatus(), refreshFeeds(), refreshView()]);
}

async function safely(what) {
  try {
    await what();
    $('live').textContent = 'Live';
    $('live').className = 'live on';
  } catch (error) {
    $('live').textContent = error instanceof TypeError ? 'Not reachable, trying again' : error.message;
    $('live').className = 'live off';
  }
}

function show() {
  const {view, query} = route();
  for (const section of ['articles', 'article', 'feeds', 'dead-letters']) $(section).hidden = section !== view;
  for (const tab of document.querySelectorAll('nav a')) {
    if (tab.dataset.view === view || view === 'article' && tab.dataset.view === 'articles') tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
  document.title = 'Newswire';
  if (view === 'articles') {
    const values = new URLSearchParams(query);
    for (const field of ['q', 'language', 'feed']) search.elements[field].value = values.get(field) ?? '';
    safely(reload);
  }
  if (view === 'article') delete $('article').dataset.key;
  safely(refresh);
}

addEventListener('hashchange', () => {
  show();
  scrollTo(0, 0);
  $('main').focus({preventScroll: true});
});
addEventListener('keydown', event => {
  if (event.key === '/' && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) {
    event.preventDefault();
    if (route().view !== 'articles') location.hash = '#/';
    search.elements.q.focus();
  }
});
document.addEventListener('visibilitychange', () => document.hidden || safely(refresh));
show();
(function again() {
  setTimeout(async () => {
    if (!document.hidden) await safely(refresh);
    again();
  }, PAUSE);
})();
