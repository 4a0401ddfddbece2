import { ReasonField } from '@/app/admin/act-fields';
import { Button } from '@/components/ui/Button';

/** Says that an address gets no mail, and lets it have some again. */
export function LiftForm({ address }: { address: string }) {
  return (
    <section aria-labelledby="lift" className="mt-6">
      <h2 id="lift" className="mb-2 text-lg">
        Suppressed
      </h2>
      <p className="max-w-measure text-base">
        Nothing is ever sent to {address}: its mail came back, its owner complained, or was erased.
      </p>
      <form method="post" action="/admin/readers/submit" className="mt-3 grid max-w-96 gap-3">
        <input type="hidden" name="email" value={address} />
        <ReasonField id="lift-reason" />
        <div>
          <Button look="plain" name="do" value="unsuppress">
            Let mail go there again
          </Button>
        </div>
      </form>
    </section>
  );
}
