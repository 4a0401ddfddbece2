import { SubscribeBox } from '@/components/site/SubscribeBox';

/** The subscribe box below pages that have no column beside them for it. */
export function SubscribeFoot() {
  return (
    <div className="mt-12 max-w-measure border-t border-rule pt-5">
      <SubscribeBox />
    </div>
  );
}
