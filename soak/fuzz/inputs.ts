import { oneOf } from '../random.ts'
import { bundle, header, resource, search, token } from './fhir-inputs.ts'
import { hl7 } from './hl7-inputs.ts'
import type { Input, Known, Random } from './input.ts'
import { changeBytes } from './mutate.ts'
import { csv, form, multipart, page } from './page-inputs.ts'

/** One input, of a kind and changed as chance has it. */
export function nextInput(random: Random, known: Known): Input {
  const kinds = [
    hl7,
    hl7,
    bundle,
    resource,
    resource,
    search,
    search,
    page,
    form,
    csv,
    multipart,
    header,
    token,
  ]
  const input = oneOf(random, kinds)(random, known)
  // Now and then the bytes of the whole request are changed as well, its own framing included.
  return random() < 0.1
    ? {
        ...input,
        name: `${input.name}, bytes changed`,
        bytes: changeBytes(random, input.bytes),
        isFhir: false,
      }
    : input
}
