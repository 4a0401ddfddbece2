import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { Table } from '@/components/ui/Table';
import { describeOperation } from '@/lib/api/openapi';
import { OPERATIONS } from '@/lib/api/operations';

export const metadata: Metadata = {
  title: 'API',
  description: 'Papers, tags, searches and subscriptions as JSON.',
};

export default function Api() {
  return (
    <>
      <PageHead title="API" />
      <div className="prose">
        <p>
          Everything that the pages show is available as JSON, without a key. A reader’s own data
          needs a personal token, made on the <a href="/account">account page</a> and sent as{' '}
          <code>Authorization: Bearer …</code>. Answers carry ETags; please send at most one request
          a second. The full description, for programs, is in{' '}
          <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. Errors are{' '}
          <code>application/problem+json</code> and name the parameter that is wrong.
        </p>
        {OPERATIONS.map((operation) => (
          <section key={operation.id} aria-labelledby={operation.id}>
            <h2 id={operation.id}>{operation.summary}</h2>
            <p>
              <code>
                {operation.method.toUpperCase()} {operation.path}
              </code>
            </p>
            {operation.scope && <p>Needs a token with the scope {operation.scope}.</p>}
            {operation.description && <p>{operation.description}</p>}
            <Parameters rows={describeOperation(operation)} />
          </section>
        ))}
        <h2>Examples</h2>
        <pre>
          <code>{EXAMPLES}</code>
        </pre>
      </div>
      <SubscribeFoot />
    </>
  );
}

const EXAMPLES = `curl 'https://…/api/v1/papers?tag=peft&window=month&sort=top'
curl 'https://…/api/v1/papers?q=lora+%22catastrophic+forgetting%22&limit=5'
curl 'https://…/api/v1/papers/2106.09685'`;

function Parameters({ rows }: { rows: ReturnType<typeof describeOperation> }) {
  if (rows.length === 0) return null;
  return (
    <Table columns={['Parameter', 'Value', 'Meaning']}>
      {rows.map(({ name, required, value, meaning }) => (
        <tr key={name}>
          <th scope="row">
            {name}
            {required && ' (required)'}
          </th>
          <td>{value}</td>
          <td>{meaning}</td>
        </tr>
      ))}
    </Table>
  );
}
