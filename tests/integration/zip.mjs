// zip.mjs: the files of a zip archive (an Excel workbook is one), by their
// central directory; stored and deflated ones.
import { inflateRawSync } from 'node:zlib'

export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('not a zip archive')
  const files = {}
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const method = bytes.readUInt16LE(at + 10)
    const size = bytes.readUInt32LE(at + 20)
    const [name, extra, comment] = [28, 30, 32].map(
      offset => bytes.readUInt16LE(at + offset))
    const local = bytes.readUInt32LE(at + 42)
    const begin = local + 30 + bytes.readUInt16LE(local + 26) +
      bytes.readUInt16LE(local + 28)
    const raw = bytes.subarray(begin, begin + size)
    files[bytes.toString('utf8', at + 46, at + 46 + name)] =
      method === 8 ? inflateRawSync(raw) : raw
    at += 46 + name + extra + comment
  }
  return files
}
