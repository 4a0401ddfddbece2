import { describe, expect, it } from 'vitest';
import { compareMigrations, splitStatements } from '@/lib/db/migrations';

const texts = (script: string) => splitStatements(script).map(({ text }) => text);

describe('the statements of a script', () => {
  it('end at semicolons, the last one also without', () => {
    expect(texts('select 1; select 2;\n select 3')).toEqual(['select 1;', 'select 2;', 'select 3']);
  });

  it('do not end inside of what is quoted or a comment', () => {
    const script = `
      -- one; two
      select 'a;''b', "c;d", e'\\';' /* ; */;
      create function f() returns int language plpgsql as $body$ begin; return '$$;'; end $body$;
      do $$ begin perform 1; end $$;`;
    const found = texts(script);
    expect(found).toHaveLength(3);
    expect(found[1]).toMatch(/^create function .*\$body\$;$/);
  });

  it('are none where there are only comments and semicolons', () => {
    expect(texts('-- nothing\n;;/* still */')).toEqual([]);
  });
});

describe('comparing migrations', () => {
  const program = ['1_a', '2_b'].map((name) => ({ name, script: '', checksum: name }));
  const record = (name: string, finished = true) => ({ name, checksum: name, finished });

  it('finds none apart where both have the same', () => {
    expect(compareMigrations(program, [record('1_a'), record('2_b')])).toEqual({
      missing: [],
      unknown: [],
      edited: [],
      failed: [],
    });
  });

  it('tells missing, unknown, edited and unfinished ones apart', () => {
    expect(compareMigrations(program, [])).toMatchObject({ missing: ['1_a', '2_b'] });
    expect(compareMigrations(program, [record('3_c')])).toMatchObject({ unknown: ['3_c'] });
    const edited = { ...record('1_a'), checksum: 'before' };
    expect(compareMigrations(program, [edited])).toMatchObject({
      missing: ['2_b'],
      edited: ['1_a'],
    });
    expect(compareMigrations(program, [record('1_a', false)])).toMatchObject({
      missing: ['2_b'],
      failed: ['1_a'],
    });
  });
});
