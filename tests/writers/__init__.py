"""What somebody does who writes: begin a post, be corrected, know what goes live when."""
