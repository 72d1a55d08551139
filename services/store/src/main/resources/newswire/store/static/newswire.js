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
