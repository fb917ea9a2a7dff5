// fold.mjs: what schema/fold.h promises, said a second time in other words
// and with another Unicode library, so that the two can be compared.
import { readFileSync } from 'node:fs'

// Forms of kanji are a table, not a rule: it is read, not said again.
const [forms, today] = readFileSync(new URL('../../schema/kanji.c',
  import.meta.url), 'utf8').split('[] =').slice(1)
  .map((text) => [...text.split(';')[0].matchAll(/U"(.*)"/g)]
    .flatMap(([, line]) => [...line]))
const kanji = new Map(forms.map((form, i) => [form, today[i]]))

const dashes = /[\u002D\u02D7\u058A\u2010-\u2015\u2043\u2212\u2500\u2501\u2796\u30A0]/g

export function fold(text) {
  return text
    .replace(/[^\S\n]/gu, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/\u309B/g, '\u3099').replace(/\u309C/g, '\u309A')
    .normalize('NFKD')
    // Full case folding: ß and ẞ are ss, final sigma is sigma.
    .toLowerCase().toUpperCase().toLowerCase().normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[\u3041-\u3096\u309D\u309E]/g,
      (c) => String.fromCodePoint(c.codePointAt(0) + 0x60))
    .replace(dashes, '\u30FC')
    .replace(/[\u301C\u3030]/g, '~')
    .normalize('NFC')
    .replace(/\p{Script=Han}/gu, (c) => kanji.get(c) ?? c)
    .replace(/ +/g, ' ')
}
