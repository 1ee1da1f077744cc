import fc from 'fast-check';

/** Values that break careless quoting. A connection string has no control characters; everything else it may have. */
export const nastyValues: readonly string[] = [
  'mongodb+srv://app:<db_password>@c-pl-0.ab1cd.mongodb.net/?retryWrites=true&w=majority',
  'mongodb://a:b@h:1024,h:1025/?ssl=true&authSource=admin&replicaSet=Cluster0-shard-0',
  'mongodb://u:it\'s@h/?a="b"',
  'mongodb://u:$HOME$$$(id)`id`${x}#{y}%{z}@h/#a #b',
  'mongodb://u:back\\slash\\n\\u0041\\@h/',
  'mongodb://u:50%25%s%d@h/?a={b}&c={{d}}&e=<f>',
  'mongodb://ü:π\u{1f511}‘“”’@h/',
  'mongodb://u:ends with\\',
  'mongodb://"""\'\'\'```@h/',
  'mongodb://h/?a= : b - [c] ]]> --> !d *e ~f @g |',
  '#$"',
  "'",
  '\\',
  ' ',
];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'$#\'"\\`%&{}<>@:/?=+!;,*~|[]()^- ab0'.split('')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('${x}', '#{x}', '#$x', '#@x', '{{', '"""', "'''", ']]>', '$$', '%{x}', '\\u0041', '\\n'),
  },
  { weight: 1, arbitrary: fc.constantFrom('é', '\u{1f511}', '\u2019', '\u201c', '\u00a0', '\u3000', '\ufb01') },
);

export const nastyValue = fc.array(piece, { minLength: 1, maxLength: 20 }).map((pieces) => pieces.join(''));
