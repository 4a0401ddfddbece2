import { register } from 'tsx/esm/api';

register();
await import('./derive-thread.ts');
