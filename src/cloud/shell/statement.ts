/** A word of a command: text, or the value that an earlier command left in a variable (camel case). */
export type Word =
  | string
  | {
      readonly variable: string;
      /** Stands before the value in the same word; letters, digits, `=`, `,` and `-` only. */
      readonly prefix?: string;
    };

/** What the commands of a plan do, in an order that holds for both shells. A failure ends them all. */
export type Statement =
  | { readonly kind: 'run'; readonly words: readonly Word[]; readonly input?: string }
  /** Keeps what the command prints, without the newline at its end. */
  | { readonly kind: 'capture'; readonly variable: string; readonly words: readonly Word[] }
  /** `None`, as the AWS CLI prints what a query did not find. */
  | { readonly kind: 'whenNone'; readonly variable: string; readonly then: readonly Statement[] }
  /** The first of the cases whose beginning is that of what a variable holds; an empty one holds always. */
  | { readonly kind: 'cases'; readonly variable: string; readonly cases: readonly Case[] }
  /** Only when the command prints this. Its own failure is none here: what comes next is met by the same. */
  | {
      readonly kind: 'whenPrints';
      readonly words: readonly Word[];
      readonly value: string;
      readonly then: readonly Statement[];
    }
  /** Runs `words` unless `check` succeeds: looks first, then creates. */
  | { readonly kind: 'unless'; readonly check: readonly Word[]; readonly words: readonly Word[] }
  /** Takes this text in the output of a failure for a success: what should be there is there already. */
  | { readonly kind: 'tolerate'; readonly words: readonly Word[]; readonly error: string }
  /** Fails with what a variable holds, unless that begins with one of these texts. */
  | { readonly kind: 'expect'; readonly variable: string; readonly beginnings: readonly string[] }
  /** Fails with a sentence, what a variable holds behind it. */
  | { readonly kind: 'fail'; readonly text: string; readonly variable: string }
  /** Runs the command again and again until it prints one of these; fails with a sentence after so many times. */
  | ({
      readonly kind: 'waitUntil';
      readonly words: readonly Word[];
      readonly values: readonly string[];
      readonly otherwise: string;
    } & Patience)
  /**
   * Runs the command again while it fails with `busy` in its output. Gives up after so many times, says so, and goes on:
   * what is left is in use. `done` in its output is a success.
   */
  | ({
      readonly kind: 'unlessBusy';
      readonly words: readonly Word[];
      readonly busy: string;
      readonly done: string;
    } & Patience)
  /** The same statements for each of the words that a variable holds, with white space between them. */
  | {
      readonly kind: 'eachWord';
      readonly list: string;
      readonly variable: string;
      readonly body: readonly Statement[];
    }
  /** The same statements for each row; `{ variable: parameters[i] }` stands for its values. */
  | {
      readonly kind: 'each';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly body: readonly Statement[];
    }
  /** For whoever reads the commands. */
  | { readonly kind: 'comment'; readonly text: string }
  /** To be read, and to be copied by whoever wants it: it does not run. */
  | { readonly kind: 'shown'; readonly statements: readonly Statement[] };

export interface Case {
  readonly beginning: string;
  readonly then: readonly Statement[];
}

interface Patience {
  /** Between two runs. */
  readonly seconds: number;
  readonly times: number;
}

/** Whether the statements are one plain command, which stands there as it is. */
export function isPlain(statements: readonly Statement[]): boolean {
  return statements.length === 1 && statements[0]?.kind === 'run';
}

/** Every command of a statement, in the order in which they stand there. */
export function commandsOf(statement: Statement): readonly (readonly Word[])[] {
  switch (statement.kind) {
    case 'run':
    case 'capture':
    case 'tolerate':
    case 'waitUntil':
    case 'unlessBusy':
      return [statement.words];
    case 'unless':
      return [statement.check, statement.words];
    case 'whenPrints':
      return [statement.words, ...statement.then.flatMap(commandsOf)];
    case 'whenNone':
      return statement.then.flatMap(commandsOf);
    case 'cases':
      return statement.cases.flatMap(({ then }) => then.flatMap(commandsOf));
    case 'each':
    case 'eachWord':
      return statement.body.flatMap(commandsOf);
    case 'shown':
      return statement.statements.flatMap(commandsOf);
    case 'expect':
    case 'fail':
    case 'comment':
      return [];
  }
}
