import { z } from 'zod';

// Zod tries whether it may compile its checks as soon as a schema is made; the window's content security policy
// forbids that and reports each try. This has to be imported before the contract.
z.config({ jitless: true });
