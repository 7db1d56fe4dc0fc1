"""Benchmarks: Plein beside its peers, on content that anybody can make again."""
