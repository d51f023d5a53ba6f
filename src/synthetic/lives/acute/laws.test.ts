import { describe, expect, it } from 'vitest'
import { ofEveryLife } from '../../a-borough.ts'
import { drawGround } from '../../ground/draw.ts'
import type { Admission, EmergencyAttendance, Happening } from '../happening.ts'
import { livesOf } from '../lives.ts'
import { ageOn, dayFrom, dayOf } from '../moment.ts'
import { WARDS } from './specialties.ts'

const ground = drawGround({ people: 6000, seed: '1' })

const WORLDS = 12

const HOSPITAL: ReadonlySet<string> = new Set<Happening['kind']>([
  'admission',
  'ambulance',
  'emergency attendance',
  'outpatient',
  'referral',
])

const admissionsOf = (happenings: readonly Happening[]): Admission[] =>
  happenings.filter((happening) => happening.kind === 'admission')
const attendancesOf = (happenings: readonly Happening[]): EmergencyAttendance[] =>
  happenings.filter((happening) => happening.kind === 'emergency attendance')

describe('what hospitals do, in every life', () => {
  it('puts nobody in two beds', () =>
    ofEveryLife(WORLDS, ({ happenings }) => {
      let free = 0
      for (const { at, discharged } of admissionsOf(happenings)) {
        expect(at).toBeGreaterThanOrEqual(free)
        free = discharged ?? Number.POSITIVE_INFINITY
      }
    }))

  it('sees people after they arrive, decides after seeing them, and lets them go after deciding', () =>
    ofEveryLife(WORLDS, ({ happenings, resident }) => {
      for (const { at, seen, decided, left } of attendancesOf(happenings)) {
        expect(seen).toBeGreaterThanOrEqual(at)
        expect(decided ?? seen).toBeGreaterThanOrEqual(seen)
        expect(left).toBeGreaterThanOrEqual(decided ?? seen)
        expect(dayOf(left)).toBeLessThan(resident.present.until)
      }
    }))

  it('admits whom the emergency department decided to admit, when they leave it, and nobody else as an emergency', () =>
    ofEveryLife(WORLDS, ({ happenings }) => {
      const emergencies = admissionsOf(happenings).filter(({ method }) => method === 'emergency')
      for (const { because, at } of emergencies) {
        if (because?.kind !== 'emergency attendance')
          throw new Error('An emergency stay without an attendance')
        expect(because.outcome).toBe('admitted')
        expect(at).toBe(because.left)
      }
      const admitted = attendancesOf(happenings).filter(({ outcome }) => outcome === 'admitted')
      expect(emergencies.map(({ because }) => because)).toEqual(admitted)
    }))

  it('keeps people until they are ready, and moves them between wards that there are, in order', () =>
    ofEveryLife(WORLDS, ({ happenings, resident }) => {
      for (const { at, ready, discharged, wards, delay } of admissionsOf(happenings)) {
        const ends = discharged ?? resident.present.until * 1440
        expect(ends).toBeGreaterThanOrEqual(at)
        if (ready !== undefined) {
          expect(ready).toBeGreaterThanOrEqual(at)
          expect(ready).toBeLessThanOrEqual(ends)
        }
        if (delay && ready !== undefined) expect(delay.days).toBe(dayOf(ends) - dayOf(ready))
        expect(wards.map(({ ward }) => ward).filter((ward) => !WARDS.includes(ward))).toEqual([])
        const from = wards.map((ward) => ward.from)
        expect(from).toEqual(from.toSorted((a, b) => a - b))
        expect(from[0]).toBe(at)
        expect(from.at(-1)).toBeLessThanOrEqual(ends)
      }
    }))

  it('brings nobody back within a month with what happens once', () =>
    ofEveryLife(WORLDS, ({ happenings }) => {
      const hips = admissionsOf(happenings).filter(({ reason }) => reason.icd10 === 'S720')
      for (const { because } of hips) {
        const before = because?.because?.because ?? because?.because
        expect(before?.kind === 'admission' && before.reason.icd10 === 'S720').toBe(false)
      }
    }))

  it('leads pathway 3 to a care home, and leaves open only the stays of the last day', () =>
    ofEveryLife(WORLDS, ({ happenings, resident }, { window }) => {
      for (const { pathway, destination, discharged } of admissionsOf(happenings)) {
        if (pathway === 3) expect(destination).toBe('care home')
        if (discharged === undefined) expect(resident.present.until).toBe(window.until)
        else expect(dayOf(discharged)).toBeLessThan(resident.present.until)
      }
    }))

  it('ends with death, once, for whoever dies; in hospital, in the bed or department they lay in', () =>
    ofEveryLife(WORLDS, ({ happenings, resident }) => {
      const deaths = happenings.filter((happening) => happening.kind === 'death')
      expect(deaths.length).toBe(resident.leaves === 'died' ? 1 : 0)
      const [death] = deaths
      const ended = happenings.filter(
        (h) =>
          (h.kind === 'admission' && h.destination === 'died') ||
          (h.kind === 'emergency attendance' && h.outcome === 'died'),
      )
      expect(ended.length).toBe(death?.where === 'hospital' ? 1 : 0)
      const [last] = ended
      if (last?.kind === 'admission') expect(last.discharged).toBe(death?.at)
      if (last?.kind === 'emergency attendance') expect(last.left).toBe(death?.at)
      const ofHospital = happenings.filter(({ kind }) => HOSPITAL.has(kind))
      if (death) for (const { at } of ofHospital) expect(at).toBeLessThanOrEqual(death.at)
    }))

  it('sends no grown-up to the children’s clinic for the first time', () =>
    ofEveryLife(WORLDS, ({ resident, happenings }) => {
      for (const each of happenings)
        if (each.kind === 'referral' && each.specialty === 'Paediatrics')
          expect(ageOn(resident.born, dayOf(each.at))).toBeLessThan(18)
    }))

  it('sends to the fracture clinic only those whom an emergency department saw', () =>
    ofEveryLife(WORLDS, ({ happenings }) => {
      for (const happening of happenings)
        if (happening.kind === 'referral' && happening.from === 'emergency department')
          expect(happening.because?.kind).toBe('emergency attendance')
    }))

  it('operates on every broken hip, and lets only women give birth, to their own children', () =>
    ofEveryLife(WORLDS, ({ happenings, resident }) => {
      for (const { diagnoses, procedures, method } of admissionsOf(happenings)) {
        if (diagnoses[0] === 'S720') expect(procedures.length).toBeGreaterThan(0)
        if (method === 'maternity') expect(resident.sex).toBe('female')
      }
      for (const happening of happenings)
        if (happening.kind === 'birth') {
          expect(resident.sex).toBe('female')
          expect(happening.because?.kind).toBe('admission')
          expect(resident.givesBirth).toContain(dayOf(happening.at))
        }
    }))

  it('tells a child’s first stay from the minute at which its mother gave birth', () => {
    const world = { seed: '1', ground, window: { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') } }
    const born = new Map<number, number>()
    const cots = new Map<number, number>()
    for (let at = 0; at < ground.neighbourhoods.length; at++)
      for (const { resident, happenings } of livesOf(world, at))
        for (const happening of happenings) {
          if (happening.kind === 'birth') born.set(happening.child, happening.at)
          if (happening.kind === 'admission' && happening.method === 'birth')
            cots.set(resident.serial, happening.at)
        }
    expect(born.size).toBeGreaterThan(50)
    expect(cots).toEqual(born)
  })
})
