/** What Atlas answers when it does not do what was asked: thrown by handlers, written by the server. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    readonly detail: string,
    readonly parameters: readonly string[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${errorCode}: ${detail}`);
    this.name = 'Refusal';
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** Atlas's form of an error (schema `ApiError`). */
export function errorBody(refusal: Refusal): Record<string, unknown> {
  return {
    detail: refusal.detail,
    error: refusal.status,
    errorCode: refusal.errorCode,
    parameters: refusal.parameters,
    reason: reasons[refusal.status] ?? 'Error',
  };
}

export function noPayment(): Refusal {
  return new Refusal(402, 'NO_PAYMENT_INFORMATION_FOUND', 'No payment information was found for the organization.');
}

export function invalid(attribute: string, why: string): Refusal {
  return new Refusal(400, 'INVALID_ATTRIBUTE', `Invalid attribute ${attribute} specified: ${why}`, [attribute]);
}
