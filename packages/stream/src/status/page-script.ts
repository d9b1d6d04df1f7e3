/** Runs in the browser. Everything that comes from a stream is put in as text, never as markup. */
export const PAGE_SCRIPT = `
'use strict';
const byId = (id) => document.getElementById(id);
const element = (tag, options = {}, children = []) => {
  const made = document.createElement(tag);
  if (options.text !== undefined) made.textContent = options.text;
  if (options.class !== undefined) made.className = options.class;
  made.append(...children);
  return made;
};
const count = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const ms = (value) => value === null ? '–' : value < 1 ? short.format(value * 1000) + ' µs'
  : value < 1000 ? short.format(value) + ' ms' : short.format(value / 1000) + ' s';
const clock = (at) => new Date(at).toLocaleTimeString('en-GB');
const tile = (value, label) =>
  element('div', { class: 'tile' }, [element('b', { text: value }), element('span', { text: label })]);

const row = (name, value, whole) => {
  const bar = element('i');
  bar.style.width = (whole > 0 ? Math.max(.5, 100 * value / whole) : 0) + '%';
  return element('tr', {}, [
    element('td', { text: name }),
    element('td', { class: 'number', text: count.format(value) }),
    element('td', { class: 'share' }, value > 0 ? [bar] : []),
  ]);
};

const componentRow = ({ kind, name, status, reason, since }) => {
  const what = [element('span', { text: kind + ' ' + name })];
  if (reason !== undefined) what.push(element('div', { class: 'why', text: reason }));
  return element('tr', {}, [
    element('td', {}, what),
    element('td', { class: 'number' }, [element('span', { class: 'pill ' + status, text: status })]),
    element('td', { class: 'number why', text: 'since ' + clock(since) }),
  ]);
};

const card = ({ name, health, metrics }) => {
  const { counts, latency, eventLoopDelay, rate, generation } = metrics;
  const order = { down: 0, degraded: 1, ok: 2 };
  const components = [...health.components].sort((a, b) => order[a.status] - order[b.status]);
  const ended = Object.values(counts.statuses).reduce((sum, one) => sum + one, 0);
  return element('section', { class: 'card' }, [
    element('h2', {}, [
      element('span', { text: name + ' ' }),
      element('span', { class: 'pill', text: health.state }), ' ',
      element('span', { class: 'pill ' + health.status, text: health.status }),
    ]),
    element('div', { class: 'tiles' }, [
      tile(count.format(counts.received), 'received'),
      tile(count.format(ended), 'ended'),
      tile(short.format(rate) + '/s', 'since the start'),
      tile(ms(latency.p50Ms), 'latency, median'),
      tile(ms(latency.p99Ms), 'latency, 99 %'),
      tile(ms(latency.p999Ms), 'latency, 99.9 %'),
      tile(eventLoopDelay === null ? '–' : ms(eventLoopDelay.p99Ms), 'event loop late, 99 %'),
      tile(String(generation), 'generation'),
    ]),
    element('div', { class: 'columns' }, [
      element('div', {}, [
        element('h3', { text: 'Final status' }),
        element('table', {}, Object.entries(counts.statuses).map(([key, value]) => row(key, value, ended))),
        element('h3', { text: 'Not ended' }),
        element('table', {}, ['queued', 'running', 'buffered', 'unsent'].map((place) =>
          row(place, counts[place], counts.received - ended))),
      ]),
      element('div', {}, [
        element('h3', { text: 'Components' }),
        element('table', {}, components.map(componentRow)),
      ]),
    ]),
  ]);
};

const wording = ({ type, seq, at, stream, failure, outcome, ...rest }) => {
  const told = Object.entries(rest).filter(([, value]) => value !== undefined)
    .map(([key, value]) => key + ' ' + (Array.isArray(value) ? value.join(', ') || 'none' : value));
  if (failure !== undefined && failure !== null) told.push(failure.message ?? '');
  return type + (told.length > 0 ? ': ' + told.join(', ') : '');
};

const source = new EventSource('events');
const line = byId('line');
source.onopen = () => { line.textContent = 'live'; line.className = 'pill ok'; };
source.onerror = () => { line.textContent = 'no connection'; line.className = 'pill down'; };
source.addEventListener('snapshot', ({ data }) => {
  const streams = JSON.parse(data);
  byId('streams').replaceChildren(...streams.map(card));
  document.title = streams.map(({ name, health }) => name + ': ' + health.status).join(', ');
});
source.addEventListener('fact', ({ data }) => {
  const fact = JSON.parse(data);
  byId('quiet').hidden = true;
  const facts = byId('facts');
  facts.prepend(element('li', {}, [
    element('time', { text: clock(fact.at) }),
    element('span', { text: fact.stream + ' · ' + wording(fact) }),
  ]));
  while (facts.childElementCount > 200) facts.lastElementChild.remove();
});
`;
