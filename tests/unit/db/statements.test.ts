import { describe, expect, it } from 'vitest';
import {
  compareStatements,
  type Declared,
  type DeclaredColumn,
  type RunColumn,
} from '../../db/statements/compare';

const place = 'lib/feed/store.ts:41';
const whole = { complete: true, database: 'embedded' } as const;

const declared = (name: string, rest: Partial<DeclaredColumn> = {}): DeclaredColumn => ({
  name,
  kinds: ['number'],
  nullable: false,
  optional: false,
  ...rest,
});
const column = (name: string, oid = 23, rest: Partial<RunColumn> = {}): RunColumn => ({
  name,
  oid,
  prisma: true,
  hadNull: false,
  ...rest,
});

function compare(columns: DeclaredColumn[] | undefined, ran: RunColumn[]): string[] {
  const statement: Declared = { place, method: '$queryRaw', columns };
  return compareStatements([statement], [{ place, columns: ran }], whole);
}

describe('a raw statement', () => {
  it('passes where its columns are those that the code declares', () => {
    expect(compare([declared('id')], [column('id')])).toEqual([]);
    expect(compare([declared('id', { kinds: ['unknown'] })], [column('id', 25)])).toEqual([]);
    expect(compare([declared('id'), declared('x', { optional: true })], [column('id')])).toEqual(
      [],
    );
    expect(compare(undefined, [column('anything')])).toEqual([]);
  });

  it('fails where a column was renamed', () => {
    expect(compare([declared('papers')], [column('items')])).toEqual([
      `${place} declares "papers", which is no column of its rows`,
      `${place} gives a column "items" that it does not declare`,
    ]);
  });

  it('fails where the type is another, by what the client makes of it', () => {
    expect(compare([declared('n')], [column('n', 25)])).toEqual([
      `${place} declares "n" as number, and gets string`,
    ]);
    expect(compare([declared('n')], [column('n', 20)])).toEqual([
      `${place} declares "n" as number, and gets bigint`,
    ]);
    const plain = column('n', 20, { prisma: false });
    expect(compare([declared('n', { kinds: ['bigint'] })], [plain])).toEqual([
      `${place} declares "n" as bigint, and gets string`,
    ]);
  });

  it('fails where a null came that the type does not have', () => {
    const withNull = column('n', 23, { hadNull: true });
    expect(compare([declared('n')], [withNull])).toEqual([
      `${place} declares "n" not null, and got null`,
    ]);
    expect(compare([declared('n', { nullable: true })], [withNull])).toEqual([]);
  });

  it('fails where no test ran it, unless only some tests ran', () => {
    const statements: Declared[] = [{ place, method: '$executeRaw' }];
    expect(compareStatements(statements, [], whole)).toEqual([`${place} is run by no test`]);
    expect(compareStatements(statements, [], { ...whole, complete: false })).toEqual([]);
  });

  it('fails where its rows have no type, or its text is put together unsafely', () => {
    const statements: Declared[] = [
      { place, method: '$queryRaw', unclear: true },
      { place, method: '$queryRawUnsafe' },
    ];
    expect(compareStatements(statements, [], whole)).toEqual([
      `${place} does not say the type of its rows`,
      `${place} uses $queryRawUnsafe`,
    ]);
  });
});
