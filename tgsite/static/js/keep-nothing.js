/* htmx writes the address of the page, with the reader's answers in it, into sessionStorage as soon
   as it starts, whatever its settings say. Where there is no such storage it goes on without. This
   must run before htmx does. */
Object.defineProperty(window, "sessionStorage", { value: null });
