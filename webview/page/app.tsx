import { useEffect, useRef, useState } from 'preact/hooks';
import type { Bootstrap, PageState } from '../protocol';
import { ConfirmationPanel } from './confirmation';
import { PageProvider } from './context';
import { Findings } from './findings';
import { useFocus } from './focus';
import { DangerZone, Header, LoadingPage } from './header';
import type { Host } from './host';
import { LiveRegion, type Announcement } from './live-region';
import { Status } from './status';
import { LooseRunning, Steps } from './steps';
import { useDrafts } from './use-drafts';
import { useOpenSteps } from './use-open-steps';
import { useRest } from './use-rest';

export interface AppProps {
  readonly bootstrap: Bootstrap;
  readonly host: Host;
}

/** The whole page: shows the latest state, and keeps only what is being typed and which steps are open. */
export function App({ bootstrap, host }: AppProps) {
  const [state, setState] = useState(bootstrap.state);
  const [announcement, setAnnouncement] = useState<Announcement>();
  const drafts = useDrafts(host, state);
  const steps = useOpenSteps(bootstrap, host, state);
  const focus = useFocus(state, steps);
  const rest = useRest(state !== undefined);
  // Later changes do not turn the page around.
  const statusFirst = useRef<boolean | undefined>(undefined);
  if (state !== undefined) statusFirst.current ??= showsStatusFirst(state);

  useEffect(
    () =>
      host.listen((message) => {
        switch (message.type) {
          case 'state':
            setState((before) =>
              before !== undefined && message.state.revision < before.revision ? before : message.state,
            );
            break;
          case 'progress':
            setState((before) => (before === undefined ? before : { ...before, running: message.running }));
            break;
          case 'announce':
            setAnnouncement((before) => ({ ...message, count: (before?.count ?? 0) + 1 }));
            break;
          case 'focus':
            focus.go(message.target);
            break;
        }
      }),
    [host, focus.go],
  );

  return (
    <PageProvider value={{ ...drafts, busy: state?.running !== undefined, expectAnswer: focus.expectAnswer }}>
      {state === undefined ? (
        <LoadingPage />
      ) : (
        <main aria-busy={rest ? undefined : true}>
          <Header state={state} />
          <Findings findings={state.notices} />
          {state.confirmation === undefined ? null : (
            <ConfirmationPanel key={state.confirmation.id} confirmation={state.confirmation} />
          )}
          <LooseRunning state={state} />
          {statusFirst.current === true ? null : <Steps state={state} isOpen={steps.isOpen} onToggle={steps.toggle} />}
          {state.status !== undefined && (rest || statusFirst.current === true) ? (
            <Status status={state.status} rest={rest} />
          ) : null}
          {statusFirst.current === true && rest ? (
            <Steps state={state} isOpen={steps.isOpen} onToggle={steps.toggle} />
          ) : null}
          {rest ? <DangerZone state={state} /> : null}
        </main>
      )}
      <LiveRegion announcement={announcement} />
    </PageProvider>
  );
}

/** Whether what exists stands above the set-up: yes where there are endpoints at rest; undefined until that is known. */
function showsStatusFirst({ currentStep, steps, status }: PageState): boolean | undefined {
  if (steps.length === 0 && status === undefined) return undefined;
  return currentStep === undefined || (currentStep !== 'wait' && (status?.endpoints.length ?? 0) > 0);
}
