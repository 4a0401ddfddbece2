/** What `lib` says of its raw statements, as the type checker understands it. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';
import type { Declared, DeclaredColumn, Kind } from './compare';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export function declaredStatements(): Declared[] {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}tsconfig.json`] }).getProjects();
    if (!project) throw new Error('tsconfig.json has no project.');
    const { program, checker } = project;
    return program
      .getSourceFileNames()
      .filter((name) => /^lib\/(?!db\/generated\/)/.test(relative(ROOT, name)))
      .flatMap((name) => statementsIn(program.getSourceFile(name)!, checker));
  } finally {
    api.close();
  }
}

function statementsIn(file: SourceFile, checker: Checker): Declared[] {
  const found: Declared[] = [];
  const walk = (node: Node) => {
    const access = isCallExpression(node)
      ? node.expression
      : isTaggedTemplateExpression(node)
        ? node.tag
        : null;
    if (access && isPropertyAccessExpression(access)) {
      const method = access.name.text;
      if (/^\$(?:query|execute)Raw/.test(method)) {
        const line = file.text.slice(0, access.name.end).split('\n').length;
        const place = `${relative(ROOT, file.fileName)}:${line}`;
        const rows = method === '$queryRaw' ? rowsOf(checker.getTypeAtLocation(node), checker) : {};
        found.push({ place, method, ...rows });
      }
    }
    node.forEachChild(walk);
  };
  file.forEachChild(walk);
  return found;
}

/** From `Promise<Row[]>` or `Promise<[Row]>` to the columns of `Row`. */
function rowsOf(
  promise: Type | undefined,
  checker: Checker,
): Pick<Declared, 'columns' | 'unclear'> {
  const rows = promise?.isTypeReference() ? checker.getTypeArguments(promise)[0] : undefined;
  if (!rows) return { unclear: true };
  // Code cannot read a column of what it does not know.
  if (rows.flags & TypeFlags.Unknown) return {};
  const row = elementOf(rows, checker);
  if (!row || row.flags & (TypeFlags.Any | TypeFlags.TypeParameter)) return { unclear: true };
  if (row.flags & TypeFlags.Unknown) return {};
  return {
    columns: checker
      .getPropertiesOfType(row)
      .map((property) => columnOf(property.name, checker.getTypeOfSymbol(property)!, checker)),
  };
}

function elementOf(type: Type, checker: Checker): Type | undefined {
  if (!checker.isArrayType(type) && !checker.isTupleType(type)) return undefined;
  return type.isTypeReference() ? checker.getTypeArguments(type)[0] : undefined;
}

function columnOf(name: string, type: Type, checker: Checker): DeclaredColumn {
  const members = type.isUnionType() ? type.getTypes() : [type];
  const has = (flag: TypeFlags) => members.some(({ flags }) => flags & flag);
  const kinds = members
    .filter(({ flags }) => !(flags & TypeFlags.Nullable))
    .map((each) => kindOf(each, checker));
  return {
    name,
    kinds: [...new Set(kinds)],
    nullable: has(TypeFlags.Null) || has(TypeFlags.AnyOrUnknown),
    optional: has(TypeFlags.Undefined),
  };
}

function kindOf(type: Type, checker: Checker): Kind {
  const { flags } = type;
  if (flags & TypeFlags.AnyOrUnknown) return 'unknown';
  if (flags & TypeFlags.StringLike) return 'string';
  if (flags & TypeFlags.NumberLike) return 'number';
  if (flags & TypeFlags.BigIntLike) return 'bigint';
  if (flags & TypeFlags.BooleanLike) return 'boolean';
  const element = elementOf(type, checker);
  if (element) {
    const { kinds } = columnOf('', element, checker);
    return kinds.length === 1 ? `${kinds[0] as 'string'}[]` : 'object';
  }
  return checker.typeToString(type) === 'Date' ? 'Date' : 'object';
}
