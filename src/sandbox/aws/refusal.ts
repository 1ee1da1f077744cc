/** An error as AWS answers it: code, sentence and HTTP status. Thrown by whatever looks at a request. */
export class AwsRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'AwsRefusal';
  }
}

/** The request lacks a parameter. */
export function missing(parameter: string): AwsRefusal {
  return new AwsRefusal('MissingParameter', `The request must contain the parameter ${parameter}`);
}

/** A parameter has a value that it cannot have. */
export function invalidValue(parameter: string, value: string, why: string): AwsRefusal {
  return new AwsRefusal('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid. ${why}`);
}
