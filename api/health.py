"""Is the server up, and on which data."""

from fastapi import APIRouter
from pydantic import BaseModel

from data.observatory import Observatory


class Health(BaseModel):
    """Answer of the health check."""

    status: str
    version: str


def router(obs: Observatory) -> APIRouter:
    """The route ``/healthz``."""
    routes = APIRouter()

    @routes.get("/healthz", tags=["health"])
    def health() -> Health:
        """Whether the server answers, with the version of its data."""
        return Health(status="ok", version=obs.version)

    return routes
