import type { PathTone, Severity, StepStatus } from '../protocol';

/** Codicons; each has another shape, so that nothing hangs on the colour. */
export const severityIcons: Readonly<Record<Severity, string>> = {
  blocking: 'error',
  warning: 'warning',
  advice: 'lightbulb',
  passed: 'pass',
};

export const stepIcons: Readonly<Record<StepStatus, string>> = {
  done: 'pass-filled',
  current: 'arrow-circle-right',
  waiting: 'sync',
  blocked: 'circle-slash',
  failed: 'error',
  todo: 'circle-large-outline',
};

export const pathIcons: Readonly<Record<PathTone, string>> = {
  passed: 'pass-filled',
  warned: 'warning',
  failed: 'error',
  untested: 'circle-large-outline',
};
