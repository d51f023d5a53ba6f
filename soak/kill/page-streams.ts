import { setTimeout as pause } from 'node:timers/promises'
import { oneOf } from '../random.ts'
import { fhir, form, mustPass, nextMark, observation, type Parts, type Stream } from './sent.ts'

/** A nurse of the emergency department, whose team nobody here has a bond with, says why she looks. */
export function reasons({ caller, ledger, people, random, wrong }: Parts): Stream {
  return async () => {
    const words = `Brought in by ambulance, ${nextMark('reason')}`
    ledger().reasons.set(words, { kept: false })
    const answer = await caller.call(
      form(
        `/people/${oneOf(random, people).ref}/reason`,
        { staff: 'demo-emergency-nurse' },
        { reason: 'with me', words },
      ),
    )
    if (mustPass(answer)) return
    if (answer.status !== 303)
      return wrong(`a reason was answered ${answer.status}: ${answer.body.slice(0, 200)}`)
    ledger().reasons.set(words, { kept: true })
    await pause(20)
  }
}

/** She breaks the glass: the privacy officer must be told of each, by a job that follows. */
export function glasses({ caller, ledger, people, random, wrong }: Parts): Stream {
  return async () => {
    const words = `Unconscious, nobody with her, ${nextMark('glass')}`
    ledger().glasses.set(words, { kept: false })
    const path = `/people/${oneOf(random, people).ref}/break-glass`
    const answer = await caller.call(form(path, { staff: 'demo-emergency-nurse' }, { words }))
    if (mustPass(answer)) return
    if (answer.status !== 303)
      return wrong(`a broken glass was answered ${answer.status}: ${answer.body.slice(0, 200)}`)
    ledger().glasses.set(words, { kept: true })
    await pause(100)
  }
}

/** The practice's doctor reports items about the last of the people as somebody else's. */
export function reports({ caller, ledger, people, wrong }: Parts): Stream {
  const { patient, ref } = people.at(-1) ?? { patient: '', ref: '' }
  return async () => {
    const made = await caller.call(
      fhir('POST', '/fhir/Observation', observation(patient, nextMark('theirs'))),
    )
    const id = /Observation\/([^/]+)/.exec(String(made.headers['location']))?.[1]
    if (!id) return pause(20).then(() => undefined)
    const why = `The letter names somebody else, ${nextMark('report')}`
    ledger().reports.set(why, { kept: false, at: id })
    const answer = await caller.call(
      form(`/people/${ref}/not-theirs`, { staff: 'demo-gp' }, { items: id, item: `Observation/${id}`, why }),
    )
    if (mustPass(answer)) return
    if (answer.status !== 303)
      return wrong(`a report was answered ${answer.status}: ${answer.body.slice(0, 200)}`)
    ledger().reports.set(why, { kept: true, at: id })
    await pause(20)
  }
}

/** Readers: pages of the record, one resource, a search. */
export function looks({ caller, people, random, wrong }: Parts): Stream {
  return async () => {
    const { patient, ref } = oneOf(random, people)
    const path = oneOf(random, [
      `/people/${ref}`,
      `/people/${ref}/timeline`,
      `/people/${ref}/results`,
      `/fhir/Patient/${patient}`,
      `/fhir/Observation?patient=Patient/${patient}&_count=5`,
    ])
    const answer = await caller.call({ method: 'GET', path, as: { staff: 'demo-gp' } })
    if (!mustPass(answer) && answer.status !== 200)
      wrong(
        `${path.replace(/[\da-f-]{36}/g, '…')} was answered ${answer.status}: ${answer.body.slice(0, 300)}`,
      )
    await pause(10)
  }
}
