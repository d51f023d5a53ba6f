import { megabytesOf } from '../benches/product.ts'
import { fuzz } from './fuzz/fuzz.ts'
import { openVictim } from './kill/victim.ts'

/**
 * Everything that can come in, sound and then changed at random: MLLP, HL7, FHIR, searches, pages, forms, files, headers, tokens. Each must be
 * answered in time and in words; nothing may break, nothing may be kept in part, and memory must come to rest.
 *   npm run soak -- fuzz [INPUTS] [SEED]
 */
const inputs = Number(process.argv[3] ?? 100_000)
const seed = Number(process.argv[4] ?? 1)
console.log(`${inputs} inputs, seed ${seed}.`)
const began = performance.now()
const product = await openVictim()
const memory: number[] = []
const watching = setInterval(() => memory.push(megabytesOf(product.pid())), 500)
let sound = false
try {
  const found = await fuzz(
    product,
    inputs,
    seed,
    (done) => done > 0 && console.log(`${done}: ${memory.at(-1)} MB`),
  )
  for (const { number, name, fault, bytes } of found)
    console.log(`FAULT input ${number}, ${name}: ${fault}\n  ${bytes.toString('base64').slice(0, 2000)}`)
  const seconds = Math.round((performance.now() - began) / 1000)
  // The first third warms it up; after that it may need room for large inputs, and give it back.
  const settled = memory.slice(Math.ceil(memory.length / 3))
  const grows = Math.min(...settled.slice(-20)) > 2 * Math.min(...settled.slice(0, 20))
  if (grows) console.log('FAULT memory grows and is not given back')
  console.log(
    JSON.stringify({
      inputs,
      seed,
      seconds,
      faults: found.length,
      megabytes: { most: Math.max(...memory), last: memory.at(-1) },
    }),
  )
  sound = found.length === 0 && !grows
} finally {
  clearInterval(watching)
  await product.close()
}
process.exit(sound ? 0 : 1)
