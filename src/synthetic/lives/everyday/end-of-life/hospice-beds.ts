import { isAtHome } from '../../living.ts'
import { type Day, dayOf, momentOn } from '../../moment.ts'
import { seeEvery, takeOn, type Visit } from '../caseload.ts'
import type { Everyday } from '../hospital-story.ts'

/**
 * A hospice of fourteen beds, as Rotherham’s has, takes about three hundred people a year for about two weeks. About half die there: one
 * in twenty of all deaths (OHID, palliative and end of life care profiles). The others go home when pain or sickness is settled.
 */
const SETTLED_THERE = 0.12
const DAYS = { least: 4, most: 26 }

const doctor: Visit = { what: 'Hospice ward: doctor’s round', mode: 'ward', minutes: 20, rounds: [[9, 13]] }
const comfort: Visit = {
  what: 'Hospice ward: symptoms and comfort',
  mode: 'ward',
  minutes: 30,
  rounds: [[8, 20]],
  weekends: true,
}

function stay(life: Everyday, from: Day, until: Day, text: string): void {
  const { dice, fate } = life
  // Whoever was in hospital that morning comes from there.
  const left = life.hospital.discharges.find(({ discharged }) => dayOf(discharged) === from)
  const at = left ? left.discharged + 60 : momentOn(from, 10) + dice.whole(0, 300)
  const caseload = takeOn(life, {
    service: 'hospice inpatient',
    from: left ? 'hospital' : dice.chance(0.6) ? 'GP' : 'hospital',
    reason: { text },
    at: Math.min(at, life.hospital.ends - 30),
    ...(left && { because: left }),
    // The last stay ends with the life, at whatever hour.
    ...(until !== fate.end?.day && { until }),
  })
  if (!caseload) return
  life.away.push({ from, until })
  seeEvery(life, caseload, doctor, 1, from + 1, until)
  seeEvery(life, caseload, comfort, 1, from, until + 1)
}

/** The last day on which a hospital bed was theirs before this one, or the day of coming to live here. */
function freeFrom({ away, resident }: Everyday, before: Day): Day {
  let from = resident.present.from
  for (const span of away) if (span.from < before && span.until > from) from = span.until
  return from
}

/** Told before anything at home is, as every bed is. */
export function hospiceBeds(life: Everyday): void {
  const { hospital, fate, dice, resident } = life
  if (!fate.end) return
  const { day, expected } = fate.end
  if (hospital.death?.where === 'hospice') {
    const from = Math.min(day, Math.max(freeFrom(life, day), day - dice.whole(DAYS.least, DAYS.most)))
    stay(life, from, day, 'Care in the last days of life')
    return
  }
  if (!expected || !dice.chance(SETTLED_THERE)) return
  const from = day - dice.whole(30, 120)
  const until = from + dice.whole(DAYS.least, DAYS.most)
  if (from <= resident.present.from) return
  for (let on = from; on <= until; on++) if (!isAtHome(life, on)) return
  stay(life, from, until, 'Pain and other symptoms')
}
