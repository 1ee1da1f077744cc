import { t } from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { CommandBlock, CommandSection, Shell, StepId } from '../protocol';
import { Tabs } from '../ui/tabs';
import { usePage } from './context';
import { TextBlockView } from './text-block';

const shells: readonly { readonly id: Shell; readonly name: string }[] = [
  { id: 'posix', name: 'Bash, Zsh' },
  { id: 'powershell', name: 'PowerShell' },
];

/** Commands that do the step elsewhere: a tab for each tool, quoted for the chosen shell. */
export function Commands({ commands, step }: { readonly commands: CommandSection; readonly step: StepId }) {
  const [chosen, choose] = useState<string>();
  const tools = [...Map.groupBy(commands.blocks, ({ tool }) => tool).keys()];
  const tool = chosen !== undefined && tools.includes(chosen) ? chosen : tools[0];
  return (
    <section class="commands" aria-label={t('Commands')}>
      {commands.intro === undefined ? null : <p>{commands.intro}</p>}
      {commands.missing === undefined ? null : <p class="empty">{commands.missing}</p>}
      {tool === undefined ? null : (
        <Tabs
          id={`commands-${step}`}
          name={t('Tool')}
          tabs={tools.map((name) => ({ id: name, label: name }))}
          selected={tool}
          onSelect={choose}
        >
          <Blocks
            blocks={commands.blocks.filter((block) => block.tool === tool)}
            shell={commands.shell}
            name={`shell-${step}`}
          />
        </Tabs>
      )}
    </section>
  );
}

interface BlocksProps {
  readonly blocks: readonly CommandBlock[];
  readonly shell: Shell;
  readonly name: string;
}

function Blocks({ blocks, shell, name }: BlocksProps) {
  return (
    <>
      {blocks.some(({ perShell }) => perShell) ? <ShellChoice shell={shell} name={name} /> : null}
      {blocks.map((block) => (
        <TextBlockView key={block.id} block={block} />
      ))}
    </>
  );
}

function ShellChoice({ shell, name }: { readonly shell: Shell; readonly name: string }) {
  const page = usePage();
  return (
    <fieldset class="shells">
      <legend>{t('Shell')}</legend>
      {shells.map(({ id, name: label }) => (
        <label key={id} class="radio">
          <input
            type="radio"
            name={name}
            checked={id === shell}
            onChange={() => page.send({ type: 'choose-shell', shell: id })}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
