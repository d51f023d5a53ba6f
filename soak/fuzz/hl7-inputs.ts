import { hospitalDay } from '../../benches/hospital.ts'
import { oneOf } from '../random.ts'
import type { Input, Random } from './input.ts'
import { changeBytes, nasty } from './mutate.ts'

const day = hospitalDay()

export function hl7(random: Random): Input {
  const segments = day.next().text.split('\r')
  const kinds: (() => string)[] = [
    () => segments.join('\r'),
    () => segments.filter(() => random() > 0.2).join('\r'),
    () => segments.map((each) => changedField(random, each)).join('\r'),
    () => [...segments, ...segments].join('\r'),
    () => segments.join('\n'),
    () => segments.join('\r').replace('|^~\\&|', oneOf(random, ['|^~\\&#|', '||', '^|~\\&^', '|^^^^|', '|'])),
    () => segments.join('\r').replace(/\|[^|]*\|2\.4/, '|P|9.9'),
    () => segments.map((each) => each.repeat(1 + Math.floor(random() * 30))).join('\r'),
    () =>
      `${segments.join('\r')}OBX|1|ED|X^Y^L||^application^pdf^Base64^${'A'.repeat(20_000)}\\X00FF\\\\Z\\|`,
  ]
  const text = Buffer.from(oneOf(random, kinds)(), oneOf(random, ['utf8', 'latin1', 'utf16le']))
  const changed = random() < 0.4 ? changeBytes(random, text) : text
  const frames: (() => Buffer)[] = [
    () => framed(changed),
    () => framed(changed),
    () => framed(changed),
    () => Buffer.concat([framed(changed), framed(changed)]),
    () => Buffer.concat([Buffer.from('noise'), framed(changed)]),
    () => Buffer.concat([Buffer.from([0x0b]), changed, Buffer.from([0x1c])]),
    () => Buffer.concat([Buffer.from([0x0b, 0x0b]), changed, Buffer.from([0x1c, 0x1c, 0x0d, 0x0d])]),
    () => changed,
  ]
  return { name: 'HL7', way: 'mllp', bytes: oneOf(random, frames)(), isFhir: false }
}

const framed = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x0b]), message, Buffer.from([0x1c, 0x0d])])

function changedField(random: Random, segment: string): string {
  const fields = segment.split('|')
  const at = Math.floor(random() * fields.length)
  if (random() < 0.6)
    fields[at] = oneOf(random, [...nasty, '^^^^', '~~~', '\\H\\', '\\XZZ\\', '""', '20269999', '&&&'])
  return fields.join('|')
}
