import { describe, expect, it } from 'vitest'
import { ofEveryLife } from '../../a-borough.ts'
import { householdOn } from '../../residents/resident.ts'
import type { Admission, Happening, ServiceId } from '../happening.ts'
import { ageOn, dayOf } from '../moment.ts'
import type { LifeStory } from '../story.ts'

const WORLDS = 25

type Of<K extends Happening['kind']> = Extract<Happening, { kind: K }>
const all = <K extends Happening['kind']>({ happenings }: LifeStory, kind: K): Of<K>[] =>
  happenings.filter((happening): happening is Of<K> => happening.kind === kind)
const cases = (story: LifeStory, service: ServiceId) =>
  all(story, 'caseload').filter((one) => one.service === service)

function causesOf(happening: Happening): Happening[] {
  const found: Happening[] = []
  for (let cause = happening.because; cause; cause = cause.because) found.push(cause)
  return found
}

const takesABed = ({ method }: Admission) => method !== 'day case' && method !== 'regular'
const BEDS: ReadonlySet<ServiceId> = new Set(['mental health inpatient', 'hospice inpatient'])

/** Days that are wholly spent in a bed of any kind. */
function inBed(story: LifeStory, day: number): boolean {
  const spent = (at: number, until: number | undefined) =>
    dayOf(at) < day && (until === undefined || day < dayOf(until))
  return (
    all(story, 'admission').some((stay) => takesABed(stay) && spent(stay.at, stay.discharged)) ||
    all(story, 'caseload').some(({ service, at, closed }) => BEDS.has(service) && spent(at, closed))
  )
}

describe('what services outside hospital do, in every life', () => {
  it('sees people only while they are on its caseload, once it accepted them', () =>
    ofEveryLife(WORLDS, (story) => {
      const told = new Set<Happening>(story.happenings)
      for (const { at, caseload } of all(story, 'care contact')) {
        expect(told.has(caseload)).toBe(true)
        expect(caseload.accepted).toBe(true)
        expect(at).toBeGreaterThanOrEqual(caseload.at)
        expect(at).toBeLessThanOrEqual(caseload.closed ?? Number.POSITIVE_INFINITY)
      }
    }))

  it('visits nobody who lies in a bed elsewhere, and rings nobody there', () =>
    ofEveryLife(WORLDS, (story) => {
      for (const { at, mode } of all(story, 'care contact'))
        if (mode !== 'ward') expect(inBed(story, dayOf(at))).toBe(false)
      for (const { at } of all(story, 'home signal')) expect(inBed(story, dayOf(at))).toBe(false)
    }))

  it('puts nobody into two beds on one day', () =>
    ofEveryLife(WORLDS, (story) => {
      const stays = [
        ...all(story, 'admission')
          .filter(takesABed)
          .map(({ at, discharged }) => [at, discharged] as const),
        ...all(story, 'caseload')
          .filter(({ service }) => BEDS.has(service))
          .map(({ at, closed }) => [at, closed] as const),
      ].sort((a, b) => a[0] - b[0])
      let free = 0
      for (const [at, until] of stays) {
        expect(at).toBeGreaterThanOrEqual(free)
        free = until ?? Number.POSITIVE_INFINITY
      }
    }))

  it('does nothing before somebody comes, or after they have died or gone', () =>
    ofEveryLife(WORLDS, (story) => {
      const { resident, happenings } = story
      const died = all(story, 'death')[0]?.at ?? Number.POSITIVE_INFINITY
      const last = resident.present.until - 1
      for (const happening of happenings) {
        expect(dayOf(happening.at)).toBeGreaterThanOrEqual(resident.present.from)
        expect(dayOf(happening.at)).toBeLessThanOrEqual(last)
        expect(happening.at).toBeLessThanOrEqual(died)
        if (happening.kind === 'caseload' && happening.closed !== undefined)
          expect(happening.closed).toBeLessThanOrEqual(Math.min(died, (last + 1) * 1440))
        if (happening.kind === 'social care' || happening.kind === 'care home stay') {
          expect(happening.since ?? resident.present.from - 1).toBeLessThan(resident.present.from)
          if (happening.until !== undefined) {
            expect(happening.until).toBeLessThanOrEqual(last)
            expect(happening.until).toBeGreaterThanOrEqual(dayOf(happening.at))
          }
          if (resident.leaves !== undefined && happening.kind === 'care home stay')
            expect(happening.until).toBeDefined()
        }
      }
    }))

  it('gives no adult’s service to a child, and no child’s to an adult', () =>
    ofEveryLife(WORLDS, (story) => {
      const aged = (at: number) => ageOn(story.resident.born, dayOf(at))
      const ADULT: readonly ServiceId[] = [
        'social prescribing',
        'telecare',
        'memory service',
        'mental health inpatient',
        'crisis and home treatment',
        'substance use',
      ]
      for (const service of ADULT)
        for (const { at } of cases(story, service)) expect(aged(at)).toBeGreaterThanOrEqual(18)
      for (const { at } of all(story, 'social care')) expect(aged(at)).toBeGreaterThanOrEqual(18)
      for (const { at } of cases(story, 'talking therapies')) expect(aged(at)).toBeGreaterThanOrEqual(15)
      for (const { at } of cases(story, 'children’s mental health')) expect(aged(at)).toBeLessThan(18)
      for (const { at } of cases(story, 'health visiting')) expect(aged(at)).toBeLessThan(6)
    }))

  it('keeps scores on their scales', () =>
    ofEveryLife(WORLDS, (story) => {
      const SCALES: Readonly<Record<string, readonly [least: number, most: number]>> = {
        moodScore: [0, 27],
        worryScore: [0, 21],
        memoryScore: [0, 100],
        wellbeing: [7, 35],
      }
      for (const { scores, status } of all(story, 'care contact'))
        for (const { test, value } of scores ?? []) {
          const scale = SCALES[test]
          if (!scale) throw new Error(`${test} has no scale here`)
          expect(status).toBe('attended')
          expect(Number.isInteger(value)).toBe(true)
          expect(value).toBeGreaterThanOrEqual(scale[0])
          expect(value).toBeLessThanOrEqual(scale[1])
        }
    }))
})

describe('the memory service', () => {
  it('has begun to see people before a practice writes dementia down', () =>
    ofEveryLife(WORLDS, (story) => {
      const dementia = story.health.illnesses.find(({ condition }) => condition === 'dementia')
      if (dementia?.found === undefined) return
      for (const { at, since } of cases(story, 'memory service'))
        expect(since ?? dayOf(at)).toBeLessThanOrEqual(
          Math.max(dementia.found, story.resident.present.from) + 4,
        )
    }))
})

describe('the council', () => {
  const ofCouncil = (story: LifeStory) => all(story, 'social care')

  it('helps somebody to manage again after hospital or when they asked, for six weeks at most, at home', () =>
    ofEveryLife(WORLDS, (story) => {
      for (const service of ofCouncil(story)) {
        if (service.service !== 'ST-MAX') continue
        const causes = causesOf(service)
        expect(causes.some(({ kind }) => kind === 'admission' || kind === 'social care')).toBe(true)
        const stay = causes.find((cause) => cause.kind === 'admission')
        if (stay) {
          expect(stay.pathway).toBe(1)
          expect(service.at).toBeGreaterThanOrEqual(stay.discharged ?? Number.POSITIVE_INFINITY)
        }
        expect((service.until ?? dayOf(service.at)) - dayOf(service.at)).toBeLessThanOrEqual(49)
      }
    }))

  it('assesses whoever asked, and reviews what it gives', () =>
    ofEveryLife(WORLDS, (story) => {
      for (const { event, because, outcome } of ofCouncil(story)) {
        if (event === 'assessment')
          expect(because?.kind === 'social care' && because.event !== 'review').toBe(true)
        if (event !== 'review') continue
        expect(
          because?.kind === 'admission' || (because?.kind === 'social care' && because.event === 'service'),
        ).toBe(true)
        expect(outcome).toBeDefined()
      }
      const given = ofCouncil(story).filter(({ service }) => service === 'LT-COM')
      for (const { event, at } of ofCouncil(story))
        if (event === 'review') expect(given.some((service) => service.at < at)).toBe(true)
    }))

  it('gives long-term support at home to nobody in a care home, one kind at a time, for what it costs', () =>
    ofEveryLife(WORLDS, (story) => {
      let free = 0
      for (const { service, at, until, hoursAWeek, weeklyCost } of ofCouncil(story)) {
        if (service !== 'LT-COM') continue
        const last = until ?? story.resident.present.until - 1
        expect(dayOf(at)).toBeGreaterThanOrEqual(free)
        free = last
        expect(householdOn(story.resident, last - 1).careHome).toBeUndefined()
        expect(hoursAWeek).toBeGreaterThan(0)
        expect(weeklyCost).toBeGreaterThan(0)
      }
    }))

  it('knows every day in a care home and who pays for it', () =>
    ofEveryLife(WORLDS, (story, { ground: { careHomes } }) => {
      const { resident } = story
      const stays = all(story, 'care home stay')
      for (let day = resident.present.from + 1; day < resident.present.until - 1; day += 30) {
        const { careHome } = householdOn(resident, day)
        const there = stays.filter(
          ({ at, until }) => dayOf(at) <= day && day < (until ?? Number.POSITIVE_INFINITY),
        )
        // Whoever is not eighteen yet lives with foster carers, of whom nothing is told.
        expect(there.map(({ home }) => home)).toEqual(careHome === undefined ? [] : [careHome])
      }
      for (const { home, nursing } of stays)
        expect(careHomes.find(({ id }) => id === home)?.nursing).toBe(nursing)
    }))

  it('helps carers while they care', () =>
    ofEveryLife(WORLDS, (story) => {
      const { cares } = story.resident
      for (const { carer, at } of ofCouncil(story))
        if (carer) {
          expect(cares).toBeDefined()
          expect(dayOf(at)).toBeLessThan(cares?.for.present.until ?? 0)
        }
    }))
})

describe('the hospice', () => {
  it('lets people die in its beds who die in a hospice, and nobody else', () =>
    ofEveryLife(WORLDS, (story) => {
      const [death] = all(story, 'death')
      const last = cases(story, 'hospice inpatient').filter(({ closed }) => closed === death?.at)
      expect(last.length).toBe(death?.where === 'hospice' ? 1 : 0)
    }))

  it('comes only to people whose death is near', () =>
    ofEveryLife(WORLDS, (story) => {
      const [death] = all(story, 'death')
      for (const { at, since } of cases(story, 'hospice community')) {
        expect(death).toBeDefined()
        expect(dayOf(death?.at ?? 0) - (since ?? dayOf(at))).toBeLessThanOrEqual(501)
      }
    }))
})

describe('alarms at home', () => {
  it('are tested and pressed only where there is one', () =>
    ofEveryLife(WORLDS, (story) => {
      const alarms = cases(story, 'telecare')
      expect(alarms.length).toBeLessThanOrEqual(1)
      for (const { device, at } of all(story, 'home signal'))
        if (device === 'pendant' || device === 'fall detector' || device === 'door sensor')
          expect(alarms.some((alarm) => alarm.at <= at && at <= (alarm.closed ?? at))).toBe(true)
    }))
})

describe('the co-ordination centre', () => {
  it('is why the urgent team comes', () =>
    ofEveryLife(WORLDS, (story) => {
      for (const { because } of cases(story, 'urgent community response')) {
        if (because?.kind !== 'call') throw new Error('Nobody rang')
        expect(because.outcome).toBe('urgent response')
      }
    }))

  it('answers within minutes, and refers on only to what follows or led to it', () =>
    ofEveryLife(WORLDS, (story) => {
      const led = new Set(story.happenings.map(({ because }) => because))
      for (const call of all(story, 'call')) {
        if (call.to !== 'co-ordination centre') continue
        expect(call.wait).toBeLessThan(10 * 60)
        if (call.outcome === 'referred')
          expect(led.has(call) || call.because?.kind === 'admission').toBe(true)
      }
    }))
})

describe('the practice', () => {
  it('gives no vaccine and draws no blood by telephone, not even of somebody housebound', () =>
    ofEveryLife(WORLDS, (story) => {
      const handsOn = [
        ...all(story, 'vaccination'),
        ...all(story, 'test').filter(({ because }) => because?.kind === 'gp contact' && because.planned),
      ]
      for (const { because } of handsOn)
        if (because?.kind === 'gp contact') expect(['face to face', 'home visit']).toContain(because.mode)
    }))
})
