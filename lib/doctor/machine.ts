import { statfs } from 'node:fs/promises';
import { type Finding, messageOf, ok, problem, warning } from './finding';

const MB = 1_000_000;
const FULL_MB = 200;
const LOW_MB = 1_000;

/** The room that is left where this installation writes. */
export async function disk(folders: readonly Place[]): Promise<Finding[]> {
  return Promise.all(folders.map(room));
}

export interface Place {
  setting: string;
  path: string;
}

async function room({ setting, path }: Place): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(path);
    return judgeRoom({ setting, path }, (bavail * bsize) / MB);
  } catch (error) {
    return problem(
      `${setting} ${path} cannot be used: ${messageOf(error)}`,
      'Make the folder, and give it to the user that runs this.',
    );
  }
}

export function judgeRoom({ setting, path }: Place, megabytes: number): Finding {
  const says = `${Math.floor(megabytes).toLocaleString('en')} MB free in ${path} (${setting})`;
  const remedy = `Make room there, or set ${setting} to a larger disk.`;
  if (megabytes < FULL_MB) return problem(says, remedy);
  return megabytes < LOW_MB ? warning(says, remedy) : ok(says);
}
