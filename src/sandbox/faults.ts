import { atlasFaults } from './atlas/faults';
import { awsFaults } from './aws/faults';
import { networkFaults } from './network/faults';
import type { World } from './world/world';

/** Every failure that can be switched while the sandbox runs, with what it does. */
export const faults: Readonly<Record<string, string>> = { ...atlasFaults, ...awsFaults, ...networkFaults };

/** The faults with their descriptions and what they are switched on for; `*` stands for everything. */
export function listFaults(world: World): readonly {
  readonly fault: string;
  readonly description: string;
  readonly on: readonly string[];
}[] {
  const on = world.faults.list();
  return Object.entries(faults).map(([fault, description]) => ({
    fault,
    description,
    on: on.filter((item) => item.fault === fault).map(({ subject }) => subject),
  }));
}
