// processes.mjs: what the kernel tells of a process that is watched.
import { readFileSync } from 'node:fs'

export const childrenOf = (pid) => readFileSync(
  `/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  .map(Number)

function nanoseconds(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0 // it has ended
  }
}

// Milliseconds of processors' time that it and its children had so far.
export const spent = (pid) => [pid, ...childrenOf(pid)].reduce((all, one) =>
  all + nanoseconds(one), 0) / 1e6
