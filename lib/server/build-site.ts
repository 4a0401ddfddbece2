/** `npm run build`. */
import { ensureBuild } from './build';

await ensureBuild(console.log);
