// The phones of the demo. One state comes from the server; everything on the page is drawn from it, and only what changed is touched,
// so that a screen reader hears new messages and nothing twice.
'use strict';

const $ = (selector, root = document) => root.querySelector(selector);
const el = (name, attributes = {}, ...inside) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...inside.filter((one) => one != null));
  return node;
};
const ICONS = {
  voice: '<rect x="9" y="2" width="6" height="12" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v4"/>',
  photo: '<rect x="3" y="4" width="18" height="16" rx="2"/><circle cx="9" cy="10" r="2"/><path d="m4 19 6-6 4 4 2-2 4 4"/>',
  list: '<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>',
  link: '<path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5"/>',
};
const icon = (name) => {
  const span = el('span');
  span.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${ICONS[name]}</svg>`;
  return span.firstChild;
};
const hour = new Intl.DateTimeFormat('nl-NL', { hour: 'numeric', minute: '2-digit', timeZone: 'Europe/Amsterdam' });
const weekday = new Intl.DateTimeFormat('nl-NL', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'Europe/Amsterdam' });
const atClock = (seconds) => hour.format(seconds * 1000).replace(':', '.');
const euros = (cents) => '€ ' + (cents / 100).toFixed(2).replace('.', ',');

let state = null;        // what the server said last
const phones = [];       // one Phone per telephone on the page
const seen = {};         // person -> how many messages of the bot were on screen
let shownPhone = 0;      // on a small screen: which one

async function call(path, wish) {
  const answer = await fetch('/demo/' + path, wish === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish),
  });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error || 'Dat lukte niet.'), { status: answer.status });
  return body;
}

function trouble(error) {
  const box = $('#problem');
  box.textContent = error.message === 'Failed to fetch' ? 'De demo draait niet meer. Start hem opnieuw met: dorpsbode demo' : error.message;
  box.hidden = false;
  clearTimeout(trouble.timer);
  trouble.timer = setTimeout(() => { box.hidden = true; }, 6000);
}

// --- one phone -----------------------------------------------------------------------------------------------------------------

class Phone {
  constructor(plan, number) {
    this.plan = plan;
    this.number = number;
    this.person = plan.person;
    this.drawn = new Map();
    this.drawnFor = '';
    this.root = $('#phone').content.firstElementChild.cloneNode(true);
    this.root.id = 'phone-' + plan.key;
    this.log = $('.log', this.root);
    this.input = $('textarea', this.root);
    this.pinned = true;
    this.log.addEventListener('scroll', () => { this.pinned = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60; });
    new ResizeObserver(() => { if (this.pinned) this.bottom(); }).observe(this.log);
    this.caption();
    this.composer();
    $('#phones').append(this.root);
  }

  get someone() { return state.people[this.person]; }
  get chat() { return this.someone.chats[this.someone.channel]; }

  caption() {
    $('h2', this.root).textContent = this.plan.title;
    this.select = $('select', this.root);
    this.select.setAttribute('aria-label', 'Wie heeft deze telefoon: ' + this.plan.title);
    this.select.hidden = this.plan.people.length < 2;
    for (const id of this.plan.people) this.select.append(el('option', { value: id }, state.people[id].label));
    this.select.value = this.person;
    this.select.addEventListener('change', () => this.show(this.select.value));
    for (const button of this.root.querySelectorAll('[data-look]')) {
      button.addEventListener('click', () => call('channel', { person: this.person, channel: button.dataset.look }).catch(trouble));
    }
    this.elsewhere = $('.elsewhere', this.root);
    this.elsewhere.addEventListener('click', () => { this.show(this.elsewhere.dataset.person); this.input.focus(); });
  }

  composer() {
    const form = $('.write', this.root);
    const turn = () => {
      const text = this.input.value.trim() !== '';
      $('.send', form).hidden = !text;
      $('.voice', form).hidden = text;
      this.input.style.height = 'auto';
      this.input.style.height = Math.min(this.input.scrollHeight + 2, 128) + 'px';
    };
    this.fill = (text) => { this.input.value = text; turn(); this.input.focus(); };
    this.input.addEventListener('input', turn);
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.input.value;
      if (!text.trim()) return;
      this.input.value = '';
      turn();
      this.input.focus();
      this.send({ kind: 'text', text });
    });
    $('.voice', form).addEventListener('click', () => this.send({ kind: 'voice' }));
    $('.photo', form).addEventListener('click', () => this.send({ kind: 'photo' }));
  }

  send(what) {
    this.waiting = setTimeout(() => this.dots(true), 400);
    call('send', { person: this.person, ...what }).catch(trouble).finally(() => { clearTimeout(this.waiting); this.dots(false); });
  }

  show(person) {
    this.person = person;
    this.select.value = person;
    this.draw();
    drawTabs();
  }

  draw() {
    const { channel, label, name, role } = this.someone;
    const key = this.person + channel;
    this.root.classList.toggle('whatsapp', channel === 'whatsapp');
    this.root.classList.toggle('telegram', channel === 'telegram');
    this.root.setAttribute('aria-label', `${this.plan.title}: ${label}`);
    this.input.setAttribute('aria-label', `Bericht van ${label}`);
    this.log.setAttribute('aria-label', `Gesprek van ${label}`);
    $('h2', this.root).textContent = this.plan.people.length < 2 ? `${name}, ${role}` : this.plan.title;
    $('.bar small', this.root).textContent = 'de bestelcomputer';
    for (const button of this.root.querySelectorAll('[data-look]')) {
      button.setAttribute('aria-pressed', String(button.dataset.look === channel));
      button.setAttribute('aria-label', `${label} gebruikt ${button.textContent}`);
    }
    if (key !== this.drawnFor) { this.log.replaceChildren(); this.drawn.clear(); this.drawnFor = key; this.closeSheet(); }
    this.messages();
    this.options();
  }

  messages() {
    const list = this.chat.messages;
    const first = this.drawn.size === 0;
    $('.empty', this.log)?.remove();
    if (!list.length) {
      const moved = heard(this.person) > 0;
      this.log.append(el('p', { class: 'empty' }, moved ? 'Nieuwe berichten komen vanaf nu hier.' : this.plan.empty));
    }
    const last = list.findLastIndex((message) => message.buttons.length || message.rows);
    let added = false, day = '';
    list.forEach((message, at) => {
      const today = weekday.format(message.at * 1000);
      const old = this.drawn.get(message.id);
      const print = JSON.stringify([message, at === last]);
      const newDay = today !== day && (day || today !== weekday.format(new Date(state.now)) || at > 0);
      day = today;
      if (old && old.print === print) return;
      const node = this.bubble(message, at === last, !first && !old);
      if (old) old.node.replaceWith(node);
      else {
        if (newDay && at > 0) this.log.append(el('p', { class: 'day' }, today));
        this.log.append(node);
        added = true;
      }
      this.drawn.set(message.id, { print, node });
    });
    if (added && (this.pinned || first || list.at(-1)?.mine)) this.bottom();
    this.dots(this.chat.typing);
  }

  bubble(message, newest, fresh) {
    const meta = el('div', { class: 'meta' });
    if (message.edited) meta.append(el('span', {}, 'bewerkt'));
    meta.append(el('time', {}, atClock(message.at)));
    if (message.error) meta.append(el('span', { class: 'wrong' }, 'niet bezorgd'));
    else if (message.mine || this.someone.channel === 'whatsapp') meta.append(this.ticks(message));
    const inside = message.kind === 'text' ? linked(message.text) : [this.media(message)];
    const body = el('div', { class: 'bubble' }, el('span', { class: 'hide' }, message.mine ? 'U: ' : 'Dorpsbode: '), ...inside, meta);
    const node = el('div', { class: `msg${message.mine ? ' mine' : ''}${fresh ? ' fresh' : ''}${newest ? '' : ' old'}` }, body);
    const choices = this.choices(message, newest);
    if (choices) node.append(choices);
    return node;
  }

  ticks(message) {
    const words = message.mine ? 'verstuurd' : { read: 'gelezen', delivered: 'bezorgd', sent: 'verstuurd' }[message.status];
    if (!words) return null;
    const single = message.status === 'sent';
    return el('span', { class: 'ticks' + (single ? ' one' : ''), title: words, role: 'img', 'aria-label': words }, single ? '✓' : '✓✓');
  }

  media(message) {
    const words = { voice: 'Gesproken bericht, 3 seconden', photo: 'Foto van een briefje' }[message.kind] || message.text;
    return el('div', { class: 'media' }, ICONS[message.kind] ? icon(message.kind) : null, words);
  }

  choices(message, newest) {
    if (!message.buttons.length && !message.rows) return null;
    const box = el('div', { class: 'choices' });
    const stop = newest ? null : -1;
    for (const row of message.buttons) {
      for (const button of row) {
        const half = row.length > 1 ? 'half' : null;
        if (button.url) box.append(el('a', { href: button.url, class: half, target: '_blank', onclick: openPay }, button.label, icon('link')));
        else box.append(el('button', { type: 'button', class: half, tabindex: stop, onclick: () => this.tap(message.id, button.data) }, button.label));
      }
    }
    if (message.rows) {
      box.append(el('button', { type: 'button', tabindex: stop, 'aria-haspopup': 'dialog', onclick: (event) => this.openSheet(message, event.currentTarget) },
        icon('list'), message.open || 'Maak een keuze'));
    }
    return box;
  }

  tap(id, data) {
    call('tap', { person: this.person, message: id, data }).catch(trouble);
    if (matchMedia('(pointer: fine)').matches) this.log.focus({ preventScroll: true });
  }

  openSheet(message, opener) {
    const sheet = $('.sheet', this.root);
    const pick = (data) => { this.closeSheet(); this.tap(message.id, data); };
    const inside = el('div', {}, el('h3', {}, message.open || 'Maak een keuze'),
      ...message.rows.map((row) => el('button', { type: 'button', onclick: () => pick(row.data) }, row.label, row.hint ? el('small', {}, row.hint) : null)),
      el('button', { type: 'button', class: 'close', onclick: () => this.closeSheet() }, 'Terug'));
    sheet.setAttribute('aria-label', message.open || 'Maak een keuze');
    sheet.replaceChildren(inside);
    sheet.hidden = false;
    this.opener = opener;
    sheet.onclick = (event) => { if (event.target === sheet) this.closeSheet(); };
    sheet.onkeydown = (event) => {
      if (event.key === 'Escape') this.closeSheet();
      if (event.key === 'Tab') keepInside(sheet, event);
    };
    $('button', sheet).focus();
  }

  closeSheet() {
    const sheet = $('.sheet', this.root);
    if (sheet.hidden) return;
    sheet.hidden = true;
    (this.opener?.isConnected ? this.opener : this.log).focus({ preventScroll: true });
  }

  dots(on) {
    const there = $('.dots', this.log);
    if (on && !there) {
      this.log.append(el('div', { class: 'dots', role: 'img', 'aria-label': 'Dorpsbode schrijft' }, el('i'), el('i'), el('i')));
      if (this.pinned) this.bottom();
    } else if (!on && there) there.remove();
  }

  // New messages for people whose phone is not on the page: a mark in the list, and one button to go there.
  options() {
    if (this.visible) seen[this.person] = heard(this.person);
    let other = null;
    for (const option of this.select.options) {
      const fresh = unread(option.value);
      const label = state.people[option.value].label + (fresh ? ` (${fresh} nieuw)` : '');
      if (option.textContent !== label) option.textContent = label;
      const elsewhere = phones.some((phone) => phone.person === option.value && phone.visible);
      if (fresh && !elsewhere) other ??= option.value;
    }
    if (phones.some((phone) => phone !== this && phone.number < this.number && phone.plan.title === this.plan.title)) other = null;
    this.elsewhere.hidden = !other;
    if (other) {
      this.elsewhere.dataset.person = other;
      this.elsewhere.textContent = `Nieuw bericht bij ${state.people[other].label}`;
    }
  }

  bottom() {
    this.pinned = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  get visible() { return !isSmall() || phones[shownPhone] === this; }
}

const isSmall = () => matchMedia('(max-width: 640px)').matches;
const heard = (person) => Object.values(state.people[person].chats).reduce((sum, chat) => sum + chat.messages.filter((one) => !one.mine).length, 0);
const unread = (person) => Math.max(0, heard(person) - (seen[person] || 0));

function linked(text) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, at) => (at % 2 ? el('a', { href: part, target: '_blank', onclick: openPay }, part) : part));
}

function keepInside(box, event) {
  const stops = [...box.querySelectorAll('button')];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement === edge) { event.preventDefault(); (event.shiftKey ? stops.at(-1) : stops[0]).focus(); }
}

// --- the page ------------------------------------------------------------------------------------------------------------------

function openPay(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { href } = event.currentTarget;
  $('#paytab').href = href;
  $('#payframe').src = href;
  $('#pay').showModal();
}

function closePay() {
  $('#pay').close();
  $('#payframe').src = 'about:blank';
}

function drawTop() {
  const now = new Date(state.now);
  $('#square').textContent = state.square;
  $('#day').textContent = weekday.format(now);
  $('#time').textContent = atClock(now / 1000) + ' uur';
  const { bubbles, cents, orders } = state.cost;
  $('#bubbles').textContent = bubbles;
  $('#bubbles-word').textContent = bubbles === 1 ? 'WhatsApp-bericht' : 'WhatsApp-berichten';
  $('#cost').textContent = orders ? `± ${euros(cents / orders)} per bestelling` : `kosten ± ${euros(cents)}`;
  $('#cost').title = `Alle WhatsApp-berichten samen: ongeveer ${euros(cents)}`;
}

function drawGuide() {
  const names = ['Bestellen', 'Winkels', 'Betalen', 'Rit', 'Bezorgd'];
  const steps = $('#steps');
  if (steps.dataset.step !== String(state.next.step)) {
    steps.dataset.step = state.next.step;
    steps.replaceChildren(...names.map((name, at) => el('li', {
      class: at < state.next.step ? 'done' : at === state.next.step ? 'now' : '', 'aria-current': at === state.next.step ? 'step' : null }, name)));
  }
  if ($('#next').textContent !== state.next.text) $('#next').textContent = state.next.text;
}

function drawTabs() {
  phones.forEach((phone, at) => {
    const tab = $('#tabs').children[at];
    const shown = phones.map((one) => one.person);
    const first = phones.findIndex((one) => one.plan.title === phone.plan.title) === at;  // the first shop's phone also speaks for shops out of view
    const fresh = phone.plan.people.filter((id) => id === phone.person || (first && !shown.includes(id))).reduce((sum, id) => sum + unread(id), 0);
    tab.setAttribute('aria-selected', String(at === shownPhone));
    tab.tabIndex = at === shownPhone ? 0 : -1;
    tab.classList.toggle('new', fresh > 0 && at !== shownPhone);
    tab.dataset.new = fresh;
    $('.name', tab).textContent = state.people[phone.person].tab;
    $('.hide', tab).textContent = fresh && at !== shownPhone ? `, ${fresh} nieuw` : '';
    phone.root.classList.toggle('shown', at === shownPhone);
  });
}

function choose(at, focus) {
  shownPhone = (at + phones.length) % phones.length;
  phones.forEach((phone) => phone.options());
  drawTabs();
  phones[shownPhone].bottom();
  if (focus) $('#tabs').children[shownPhone].focus();
}

function build() {
  phones.length = 0;
  $('#phones').replaceChildren();
  $('#tabs').replaceChildren();
  for (const id of Object.keys(seen)) delete seen[id];
  for (const id of Object.keys(state.people)) seen[id] = heard(id);
  state.phones.forEach((plan, at) => {
    phones.push(new Phone(plan, at));
    $('#tabs').append(el('button', { type: 'button', role: 'tab', id: 'tab-' + plan.key, 'aria-controls': 'phone-' + plan.key, onclick: () => choose(at),
      onkeydown: (event) => { const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]; if (step) { event.preventDefault(); choose(shownPhone + step, true); } } },
    el('span', { class: 'name' }), el('span', { class: 'hide' })));
  });
  $('#samples').replaceChildren(...state.samples.map((text) => el('button', { type: 'button', onclick: () => {
    choose(0);
    phones[0].fill(text);
    $('#try').setAttribute('aria-expanded', 'false');
  } }, text)));
}

function draw(fresh) {
  const restarted = !state || state.started !== fresh.started;
  state = fresh;
  if (restarted) build();
  drawTop();
  drawGuide();
  phones.forEach((phone) => phone.draw());
  drawTabs();
}

let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    draw(await call('state'));
  } catch (error) {
    if (error.status === 503) setTimeout(refresh, 500);  // the village is being built
    else trouble(error);
  }
  busy = false;
  if (again) { again = false; refresh(); }
}

function listen() {
  const events = new EventSource('/demo/events');
  events.onmessage = refresh;
  events.onopen = refresh;
}

for (const button of document.querySelectorAll('[data-move]')) {
  button.addEventListener('click', async () => {
    const all = document.querySelectorAll('[data-move]');
    all.forEach((one) => { one.disabled = true; });
    await call('clock', { move: button.dataset.move }).catch(trouble);
    all.forEach((one) => { one.disabled = false; });
    button.focus();
    refresh();
  });
}
$('#payclose').addEventListener('click', closePay);
$('#pay').addEventListener('close', () => { $('#payframe').src = 'about:blank'; });
$('#reset').addEventListener('click', () => $('#sure').showModal());
$('#sureno').addEventListener('click', () => $('#sure').close());
$('#sureyes').addEventListener('click', async () => {
  $('#sure').close();
  $('#reset').disabled = true;
  await call('reset', {}).catch(trouble);
  $('#reset').disabled = false;
  refresh();
});
$('#try').addEventListener('click', (event) => {
  const open = event.currentTarget.getAttribute('aria-expanded') === 'true';
  event.currentTarget.setAttribute('aria-expanded', String(!open));
});
listen();
setInterval(() => { if (state) refresh(); }, 20000);  // the clock goes on
