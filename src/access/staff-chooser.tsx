import { PageShell, renderPage } from '../platform/ui/index.ts'
import type { Place } from './place.ts'

type Choice = { id: string; name: string; role: string; team: string; where: string }

/** The demonstration's sign-in page: one button for each of the invented staff. */
export const staffChooser =
  (place: Place) =>
  (choices: Choice[], action: string): string =>
    renderPage(
      <PageShell heading="Choose who to sign in as" place={{ name: place.headerName }}>
        <h1 class="nhsuk-heading-l">Choose who to sign in as</h1>
        <p>These practitioners are invented, and so is everyone in the records. There is no password.</p>
        <form method="post" action={action}>
          <ul class="nhsuk-list gt-staff">
            {choices.map((choice) => (
              <li class="gt-staff__item">
                <button type="submit" name="staff" value={choice.id} class="gt-staff__button">
                  <strong>{choice.role}</strong>
                  <span>{choice.name}</span>
                  <span class="gt-staff__team">
                    {choice.team === choice.where ? choice.where : `${choice.team}, ${choice.where}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </form>
      </PageShell>,
    )

/** What the demonstration's issuer says where it cannot send anybody back: the fault is an app's, so its builder is told which. */
export const issuerProblem = (place: Place, fault: string): string =>
  renderPage(
    <PageShell heading="You cannot sign in this way" place={{ name: place.headerName }}>
      <h1 class="nhsuk-heading-l">You cannot sign in this way</h1>
      <p>What sent you here did not ask as it should. Go back to it, or tell whoever looks after it:</p>
      <p>{fault}</p>
      <p>
        <a href="/">Go to the start page</a>
      </p>
    </PageShell>,
  )
