// Between two snapshots: the new one is warmed before it serves, the old one
// is given back; neither is seen by those who ask.
import assert from 'node:assert/strict'
import { truncateSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { LIMIT_MS, figures, load, publish, publishLong, runOf, served, server,
  snap, start, swaps, told, workersMaps } from './swap.mjs'
import { until } from './until.mjs'

swaps(() => {
  test('swap__a_file_that_is_not_warm_in_time_serves_all_the_same',
    async () => {
      publish(1)
      await start()
      await served(1)
      const stop = load(4)
      publishLong(2)
      await served(2)
      publish(3)
      await served(3)
      const { wrong } = await stop()
      assert.deepEqual(wrong, [])
    })

  test('swap__a_file_cut_short_before_it_serves_is_refused', async () => {
    publish(1)
    await start({ workers: 1 })
    await served(1)
    const stop = load(4)
    publishLong(2)
    for (const end = Date.now() + LIMIT_MS;
      workersMaps()[0].length < 2 && Date.now() < end;) await sleep(5)
    assert.equal(workersMaps()[0].length, 2, 'not mapped beside the old one')
    truncateSync(snap, 64)
    // while it is warmed, and at the next look
    const [worker] = await told(({ refusals }) => refusals === 2)
    const { wrong } = await stop()
    assert.deepEqual(wrong, [])
    assert.equal(await runOf(), 1)
    assert.equal(worker.run, 1)
    assert.equal(worker.swaps, 1)
    assert.match(worker.refused.reason, /file size/)
    assert.match(server.log(), /refused: it was cut short in place/)
    await until(() => workersMaps()[0].length === 1, 'it is not given back')
    publish(3)
    await served(3)
  })

  test('swap__what_was_made_from_one_snapshot_is_not_given_for_the_next',
    async () => {
      publish(1)
      await start({ workers: 1 })
      await served(1)
      const path = '/t/resources.json?q=a'
      const [first, again] = [await server.get(path), await server.get(path)]
      assert.equal(first.text, again.text)
      for (const run of [2, 1, 3]) { // the same bytes come back, too
        publish(run)
        await served(run)
        const { answers: { made } } = (await figures())[0]
        assert.equal((await server.get(path)).json().run, run)
        assert.equal((await figures())[0].answers.made, made + 1)
      }
    })
})
