// sheet.mjs: an entry sheet as somebody without JavaScript writes it, from the
// empty page to what the link in the mail does.
//
//   const check = await fill(site.client())      // the page 内容の確認
//   const { reader, done } = await confirmed(site, site.client())
//   await reader.get(sheetOf(done.path))         // to correct it
import assert from 'node:assert/strict'

export const offer = {
  title: '【例】おしゃべりサロン <b>', summary: 'お茶を飲みます。\n"話す"会です。',
  line1_kind: 'ibasho_exchange', line1_quantity: '20', line1_unit: '人',
  line1_public: '1', line1_text: '一括でどうぞ;どなたでも',
  line2_kind: 'people_volunteer', line2_quantity: '3', line2_unit: '人',
  line2_cost: '500', line2_min: '1', line2_text: '受付', line2_slots: '1',
  day1_date: '2027-01-13', day1_start: '13:30', day1_end: '15:00',
  day2_date: '2027-01-06', day2_start: '13:30', day2_end: '15:00',
  people: '5～20名', cost: '1回100円', reach: 'regions',
  regions: ['142166', 'A14-03'], region: '142166', targets: ['everyone'],
  contact_name: '事務局', contact_phone: '046-000-0000', tags: 'おしゃべり;手芸',
  org_name: 'NPO法人【例】新しい会', org_sector: 'private',
  org_contact: '担当 花子', email: 'hanako@example.jp',
}

export const body = (mail) => Buffer.from(mail.split('\r\n\r\n')[1], 'base64')
  .toString('utf8')
export const linkOf = (mail) =>
  body(mail).match(/\/entry\/sheet\/[\w-]{43}\/status/)[0]
export const sheetOf = (path) => path.match(/^\/entry\/sheet\/[\w-]{43}/)[0]

export async function begin(client, side = 'offer') {
  const start = await client.get('/entry/')
  const fields = start.text.includes(`value="${side}"`) && { side }
  return client.submit(start, '/entry/new', fields)
}

export async function fill(client, fields = offer, side = 'offer') {
  const page = await begin(client, side)
  return client.submit(page, sheetOf(page.path), { ...fields, act: 'check' })
}

// The sheet sent and confirmed: the page of the mail's link.
export async function confirmed(site, client, fields = offer) {
  const check = await fill(client, fields)
  assert.match(check.path, /\/check$/, check.text)
  await client.submit(check, `${sheetOf(check.path)}/send`)
  const reader = site.client() // another browser reads the mail
  const page = await reader.get(linkOf(site.mails().at(-1)))
  const done = await reader.submit(page, `${sheetOf(page.path)}/send`)
  return { reader, done, check }
}
