// bars.mjs: what the benches make of figures that were measured in rounds:
// medians, how sure they are, and each bar: met or missed.
//
//   bar('p99 by p99', ratios, ['<=', 1.1])   prints a line
//   told()                                   prints how many were met
//
// A figure is the median of a ratio over the rounds.  Behind it stands where
// the median lies with 95 % confidence, whatever the ratios are distributed
// like (sign test); a bar within that is marked with a question mark: another
// run may say otherwise.

export function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * p
  const low = sorted[Math.floor(at)]
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at))
}
export const median = (values) => quantile(values, 0.5)
export const sum = (values) => values.reduce((a, b) => a + b, 0)

// From the k-th least to the k-th most: were the median below or above, fewer
// than k values of n would be on that side, less than once in forty times.
// Of less than six values nothing surer can be said than least and most.
export function interval(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  let k = 0
  let ways = 1 // n over k
  let below = 2 ** -n
  while (below <= 0.025 && k + 1 < n - k) {
    k++
    ways *= (n - k + 1) / k
    below += ways * 2 ** -n
  }
  k = Math.max(k, 1)
  return [sorted[k - 1], sorted[n - k]]
}

let met = 0
let judged = 0
const number = (value) => value.toFixed(value >= 20 ? 0 : 2)

export function head() {
  console.log(`  ${'bar'.padEnd(48)} ${'median'.padStart(8)}  95 %`)
}

// want: ['>=', 0.9]; none: told, not judged.
export function bar(text, values, want, figure = median(values)) {
  const ends = interval(values)
  const spread = values.length > 1 ? ends.map(number).join('-') : ''
  let verdict = ''
  if (want) {
    const reaches = (value) =>
      want[0] === '>=' ? value >= want[1] : value <= want[1]
    const good = reaches(figure)
    const sure = ends.every((end) => reaches(end) === good)
    verdict = `${want[0]} ${want[1]}  ${good ? 'met' : 'missed'}` +
      (sure ? '' : ' ?')
    judged++
    met += good
  }
  console.log(`  ${text.padEnd(48)} ${number(figure).padStart(8)}  ` +
    `${spread.padEnd(13)} ${verdict}`)
}

export function told() {
  console.log(`  ${met} of ${judged} bars met`)
}
