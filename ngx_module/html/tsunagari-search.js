/*
 * tsunagari-search.js: <tsunagari-search region="142166"> for any page.
 *
 *   <script src="https://www.example.jp/tsunagari/tsunagari-search.js" defer>
 *   </script>
 *   <tsunagari-search region="142166" language="easy">
 *   <a href="https://www.example.jp/tsunagari/">つながりさがし</a>
 *   </tsunagari-search>
 *
 * Attributes  region kind target theme tag sector free reach q sort: one value
 *             each, as in the address of a list; list: resources (default),
 *             needs, organizations, cases; language: ja, easy, en (default: en
 *             where the page says lang="en", else ja); base: where the module
 *             answers (default: where this file came from).
 * Shows       the server's own cards, form and pages, below a shadow root, in
 *             the server's style sheet.  What stands inside the element shows
 *             without JavaScript, and when the server does not answer.
 * Needs       of the page's Content-Security-Policy: script-src, style-src
 *             and connect-src with the server's origin.  It sets no cookie,
 *             stores nothing and tells nobody what was searched.
 */
(() => {
'use strict'

const from = document.currentScript ? document.currentScript.src : ''
const home = from.replace(/\/tsunagari-search\.js.*$/, '')
const keys = ['region', 'kind', 'target', 'theme', 'tag', 'sector', 'free',
  'reach', 'q', 'sort']
const lists = ['resources', 'needs', 'organizations', 'cases']
const parts = '.find, .widened, .summary, .chips, .sorts, .hits, ' +
  '.pager, .message'
const patience = 10000 /* ms */

class TsunagariSearch extends HTMLElement {
  static get observedAttributes() {
    return keys.concat('list', 'language', 'base')
  }

  connectedCallback() {
    if (!this.shadowRoot) this.build()
    this.begin()
  }

  disconnectedCallback() {
    if (this.asked) this.asked.abort()
  }

  attributeChangedCallback() {
    if (this.isConnected && this.shadowRoot) this.begin()
  }

  build() {
    const root = this.attachShadow({ mode: 'open' })
    this.sheet = document.createElement('link')
    this.sheet.rel = 'stylesheet'
    this.box = document.createElement('section')
    this.box.className = 'tsunagari'
    this.box.hidden = true
    this.box.addEventListener('click', (event) => this.click(event))
    this.box.addEventListener('submit', (event) => this.submit(event))
    this.slotted = document.createElement('slot')
    root.append(this.sheet, this.box, this.slotted)
  }

  base() {
    const given = (this.getAttribute('base') || home).replace(/\/$/, '')
    return new URL(given || '/', document.baseURI).href.replace(/\/$/, '')
  }

  language() {
    const given = this.getAttribute('language')
    if (given) return given
    const around = this.closest('[lang]')
    return around && /^en\b/i.test(around.lang) ? 'en' : 'ja'
  }

  /* The list that the attributes ask for. */
  begin() {
    const list = this.getAttribute('list')
    const url = new URL(`${this.base()}/${
      lists.includes(list) ? list : lists[0]}`)
    for (const key of keys) {
      const value = this.getAttribute(key)
      if (value) url.searchParams.set(key, value)
    }
    url.searchParams.set('lang', this.language())
    const sheet = `${this.base()}/tsunagari.css`
    if (this.sheet.href !== sheet) this.sheet.href = sheet
    this.load(url, false)
  }

  async load(url, asked) {
    if (this.asked) this.asked.abort()
    const control = this.asked = new AbortController()
    const timer = setTimeout(() => control.abort(), patience)
    this.box.setAttribute('aria-busy', 'true')
    const question = new URL(url)
    question.searchParams.set('fragment', '1')
    try {
      const answer = await fetch(question, { credentials: 'omit',
        signal: control.signal })
      const page = new DOMParser().parseFromString(await answer.text(),
        'text/html')
      if (this.asked === control) {
        this.show(url, page, answer.ok || answer.status === 400)
        if (asked) this.focusSummary()
      }
    } catch (error) {
      if (this.asked === control) this.show(url, null, false)
    } finally {
      clearTimeout(timer)
      if (this.asked === control) this.box.removeAttribute('aria-busy')
    }
  }

  /* The parts of the page that a place on another page has room for. */
  show(url, page, good) {
    const body = good && page.querySelector('.tsunagari')
    this.box.hidden = !body
    this.slotted.hidden = !!body
    if (!body) {
      this.box.replaceChildren()
      return
    }
    const title = body.querySelector('h1').textContent
    const all = document.createElement('a')
    const line = document.createElement('p')
    all.href = url.href
    all.className = 'act'
    all.textContent = title
    line.append(all)
    this.box.lang = page.documentElement.lang || this.language()
      .replace('easy', 'ja')
    this.box.setAttribute('aria-label', title)
    const found = [...body.querySelectorAll(parts)].filter((part) =>
      !part.parentElement.closest(parts))
    for (const element of body.querySelectorAll('[href], [action]')) {
      for (const name of ['href', 'action']) {
        const address = element.getAttribute(name)
        if (address !== null) {
          element.setAttribute(name, new URL(address, url).href)
        }
      }
    }
    this.box.replaceChildren(...found, line)
  }

  /* Where one goes on reading, after a search. */
  focusSummary() {
    const summary = this.box.querySelector('.summary, .message')
    if (summary) {
      summary.tabIndex = -1
      summary.focus()
    }
  }

  /* A list is looked at here, everything else where it stands. */
  click(event) {
    const link = event.target.closest('a[href]')
    if (!link || link.className === 'act' || event.button !== 0 ||
      event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const url = new URL(link.href)
    if (lists.some((list) => url.origin + url.pathname ===
      `${this.base()}/${list}`)) {
      event.preventDefault()
      this.load(url, true)
    }
  }

  submit(event) {
    event.preventDefault()
    const form = event.target
    const url = new URL(form.action)
    url.search = new URLSearchParams(new FormData(form)).toString()
    this.load(url, true)
  }
}

if (!customElements.get('tsunagari-search')) {
  customElements.define('tsunagari-search', TsunagariSearch)
}
})()
