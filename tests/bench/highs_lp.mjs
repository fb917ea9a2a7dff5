// highs_lp.mjs: `node highs_lp.mjs FILE SECONDS`: a model in the CPLEX LP
// format by HiGHS (WebAssembly, from npm) with its own choice of method.
// Prints the objective and the CPU seconds of solving; exits with 1 when it
// is not done.
import { readFileSync } from 'node:fs'

import loadHighs from 'highs'

const [file, seconds] = process.argv.slice(2)
const highs = await loadHighs()
const model = highs.createModel()
model.options.set('output_flag', false)
model.options.set('time_limit', Number(seconds))
model.readModel({ data: readFileSync(file), format: 'lp' })
const begin = process.cpuUsage()
model.run()
const { user, system } = process.cpuUsage(begin)
if (model.getModelStatus() !== 7) { // kOptimal
  process.exit(1)
}
console.log(model.info.get('objective_function_value'),
  ((user + system) / 1e6).toFixed(3))
