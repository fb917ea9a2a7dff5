// entry.js: comfort on the entry sheet, which works without it: it is saved
// as one types, rows are added in place, and choosing a whole area hides
// what is in it.
(() => {
  const form = document.querySelector('form.sheet');
  if (!form) return;
  const state = document.getElementById('saved');
  const action = form.getAttribute('action');
  let timer = 0, sending = false, again = false, left = false;

  const say = (text) => { state.textContent = text; };

  async function save() {
    if (sending) { again = true; return; }
    sending = true;
    const body = new URLSearchParams(new FormData(form));
    body.set('act', 'auto');
    try {
      const answer = await fetch(action, { method: 'POST', body,
        headers: { Accept: 'application/json' }, credentials: 'same-origin' });
      const time = new Date().toLocaleTimeString('ja-JP',
        { hour: '2-digit', minute: '2-digit' });
      say(answer.ok ? `${time} に保存しました。 / Saved.`
        : answer.status === 409
        ? 'ほかの画面で内容が変わったので、保存していません。「途中で保存する」を' +
          '押してください。 / Changed on another page, not saved: please ' +
          'press the button.'
        : 'まだ保存できていません。「途中で保存する」を押してください。 / ' +
          'Not saved yet: please press the button.');
    } catch {
      say('いまは保存できません。つながったら、また保存します。 / ' +
        'Offline: it will be saved later.');
      if (!left) timer = setTimeout(save, 15000);
    }
    sending = false;
    if (again && !left) { again = false; save(); }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, 4000);
  });
  form.addEventListener('submit', () => {
    left = true;
    clearTimeout(timer);
  });

  // One more row: the last one copied, its numbers one higher, its fields
  // empty.  At the twelfth the button goes away, as on the server.
  const limit = 12;
  for (const button of form.querySelectorAll('button.more')) {
    const rows = document.getElementById(
      button.value === 'more-line' ? 'lines' : 'days');
    button.type = 'button';
    button.addEventListener('click', () => {
      const last = rows.lastElementChild;
      const n = Number(last.dataset.row) + 1;
      const row = last.cloneNode(true);
      row.dataset.row = n;
      row.querySelector('legend .number').textContent = n;
      for (const error of row.querySelectorAll('.error')) error.remove();
      for (const node of row.querySelectorAll('[id], [name], [for]')) {
        for (const name of ['id', 'name', 'for']) {
          const value = node.getAttribute(name);
          if (value) {
            node.setAttribute(name, value.replace(/^(line|day)\d+/, `$1${n}`));
          }
        }
        node.removeAttribute('aria-invalid');
        node.removeAttribute('aria-describedby');
        if (node.type === 'checkbox') node.checked = false;
        else if (node.tagName === 'SELECT') node.selectedIndex = 0;
        else if (node.tagName === 'INPUT') {
          node.value = '';
          node.removeAttribute('value');
        }
      }
      rows.append(row);
      if (n >= limit) button.hidden = true;
      row.querySelector('select, input').focus();
    });
  }

  // The tree of regions matters only for "選んだ地域"; a whole area includes
  // what is below it.
  const tree = document.getElementById('regions');
  const reach = () => {
    const chosen = form.querySelector('input[name=reach]:checked');
    tree.hidden = Boolean(chosen) && chosen.value !== 'regions';
  };
  const whole = (details) => {
    const box = details.querySelector(':scope > .inner > label input');
    for (const other of details.querySelectorAll('input')) {
      if (other !== box) {
        other.disabled = box.checked;
        if (box.checked) other.checked = false;
      }
    }
  };
  if (tree) {
    form.addEventListener('change', (event) => {
      if (event.target.name === 'reach') reach();
      const details = event.target.closest('#regions details');
      if (details) {
        const inner = details.querySelector(':scope > .inner > label input');
        if (event.target === inner) whole(details);
      }
    });
    reach();
    for (const details of tree.querySelectorAll('details')) whole(details);
  }
})();
