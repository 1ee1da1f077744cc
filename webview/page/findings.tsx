import { t } from '@vscode/l10n';
import type { Finding } from '../protocol';
import { Icon } from '../ui/icon';
import { Actions } from './actions';
import { Fold } from './fold';
import { TextBlockView } from './text-block';
import { severityIcons } from './tone';

/** What was checked: what stands in the way or needs a look first, then how much is well. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const passed = findings.filter(({ severity }) => severity === 'passed');
  const others = findings.filter(({ severity }) => severity !== 'passed');
  return (
    <>
      {others.length === 0 ? null : <FindingList findings={others} />}
      {passed.length === 0 ? null : passed.length === 1 ? (
        <FindingList findings={passed} />
      ) : (
        <Fold
          class="passed-checks"
          summary={
            <>
              <Icon name={severityIcons.passed} class="severity-passed" /> {t('{0} checks passed', passed.length)}
            </>
          }
        >
          {() => <FindingList findings={passed} />}
        </Fold>
      )}
    </>
  );
}

function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li key={finding.id}>
          <FindingView finding={finding} />
        </li>
      ))}
    </ul>
  );
}

/** One finding: what, why, and what to do. */
export function FindingView({ finding }: { readonly finding: Finding }) {
  const { id, severity, severityText, title, detail, fixes, block, code, evidence, actions } = finding;
  return (
    <div class={`finding severity-${severity}`}>
      <Icon name={severityIcons[severity]} class={`severity-${severity}`} />
      <div class="finding-text">
        <p class="finding-title" {...(id === 'unfinished' ? { id: 'finding-unfinished', tabIndex: -1 } : {})}>
          <span class="severity-text">{severityText}:</span> {title}
        </p>
        {detail === undefined ? null : <p>{detail}</p>}
        {fixes.length === 0 ? null : fixes.length === 1 ? (
          <p class="fix">{fixes[0]}</p>
        ) : (
          <ol class="fixes">
            {fixes.map((fix) => (
              <li key={fix}>{fix}</li>
            ))}
          </ol>
        )}
        {block === undefined ? null : <TextBlockView block={block} />}
        <Actions actions={actions} about={title} />
        {code === undefined && evidence === undefined ? null : (
          <Fold class="evidence" summary={t('Details')}>
            {() => (
              <>
                {code === undefined ? null : (
                  <p>
                    {t('Code')}: <code>{code}</code>
                  </p>
                )}
                {evidence === undefined ? null : <pre>{evidence}</pre>}
              </>
            )}
          </Fold>
        )}
      </div>
    </div>
  );
}
