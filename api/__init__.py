"""The other door: typed routes for data and health."""

from fastapi import FastAPI

from api import exports, health, sitemap
from data.observatory import Observatory
from data.settings import Settings


def register(server: FastAPI, obs: Observatory, settings: Settings) -> None:
    """Add all routers to the application."""
    server.include_router(health.router(obs))
    server.include_router(exports.router(obs, settings))
    server.include_router(sitemap.router(obs))
