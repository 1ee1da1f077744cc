/** Ports that Atlas may use behind an endpoint; all of them should be allowed (seed: Port Ranges). */
export const endpointPorts = { from: 1024, to: 65535 } as const;
