// until.mjs: waits for what is to come, as long as a busy machine may take;
// a sleep that is long enough today is too short on another day.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

// The first true value that `what` gives; `why`, a text or a function that
// makes one, says what never came.
export async function until(what, why = 'it never comes', seconds = 30) {
  for (const end = Date.now() + seconds * 1000; ;) {
    const value = await what()
    if (value) return value
    assert.ok(Date.now() < end, typeof why === 'function' ? why() : why)
    await sleep(20)
  }
}
