import { SparkLine } from '@/components/ui/SparkLine';

/** The share of a topic over twelve weeks. */
export function TopicLine({
  weeks,
  shares,
}: {
  weeks: readonly number[];
  shares: readonly number[];
}) {
  return <SparkLine shares={shares} label={`Papers a week, twelve weeks: ${weeks.join(', ')}`} />;
}
