import { done, own } from '@/app/api/v1/own';
import { problem } from '@/lib/http/problem';
import { decodeSegment } from '@/lib/http/segment';
import { deleteInterest } from '@/lib/interests/interest-store';

export function DELETE(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return own(request, async ({ db, actor }) => {
    const id = decodeSegment((await params).id);
    if (await deleteInterest(db, actor, id)) return done();
    return problem(404, 'Not found', 'You have no such interest.');
  });
}
