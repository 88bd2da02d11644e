import type { ReactNode } from "react";

export const metadata = { title: "Bluehour in Next.js", icons: "data:," };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body style={{ maxWidth: "48rem", margin: "2rem auto", padding: "0 1rem", fontFamily: "system-ui" }}>
        {children}
      </body>
    </html>
  );
}
